package dev.sluice.applier.kafka;

import dev.sluice.applier.config.ApplierSettings;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The Kafka client of the order log: {@code kafka.*} from the configuration, and what correctness asks for on top. The
 * channel of reports has its settings in {@code application.properties}.
 */
@ApplicationScoped
class Clients {
    private final Map<String, Object> common;
    private final ApplierSettings settings;

    Clients(@Identifier("default-kafka-broker") Map<String, Object> common, ApplierSettings settings) {
        this.common = common;
        this.settings = settings;
    }

    Consumer<byte[], byte[]> orders() {
        var sessionMillis = Math.toIntExact(settings.sessionTimeout().toMillis());
        var config = new HashMap<>(common);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group());
        // An order was committed before it was sent: the end of the sender's transaction would tell nothing more (ADR
        // 0046).
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        // Committed offsets tell monitors the lag and dead letters what was told before; the log is read from its
        // beginning.
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // Partitions that stay must stay undisturbed while others move.
        config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, sessionMillis);
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, sessionMillis / 4);
        config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private String group() {
        return settings.group()
                .orElseGet(() -> settings.topics().prefix() + "weight-applier-"
                        + String.join("-", new TreeSet<>(settings.clusters())));
    }
}
