package dev.sluice.engine.kafka;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.schemas.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.eclipse.microprofile.config.Config;

/**
 * Settings of the engine's own Kafka clients, in one place: what is set here is what a promise rests on. Those of channels
 * are in {@code application.properties}.
 */
@ApplicationScoped
public class KafkaSettings {
    /** What people and services tell the engine. */
    public static final List<Topic> INBOUND = List.of(Topic.COMMANDS, Topic.VERDICTS, Topic.WEIGHT_REPORTS);

    private static final int HEADROOM_BYTES = 64 << 10;
    private static final String CONFIG_PREFIX = "kafka.";

    private final EngineConfig config;
    private final Map<String, Object> common;

    KafkaSettings(EngineConfig config, Config properties) {
        this.config = config;
        this.common = common(properties);
    }

    /** Everything under {@code kafka.}, so that TLS and SASL are set as Kafka's own documentation names them. */
    private static Map<String, Object> common(Config properties) {
        var common = new TreeMap<String, Object>();
        for (var name : properties.getPropertyNames()) {
            if (name.startsWith(CONFIG_PREFIX)) {
                properties
                        .getOptionalValue(name, String.class)
                        .ifPresent(value -> common.put(name.substring(CONFIG_PREFIX.length()), value));
            }
        }
        common.put(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                properties.getValue("kafka.bootstrap.servers", String.class));
        return common;
    }

    public String prefix() {
        return config.topics().prefix();
    }

    Map<String, Object> admin() {
        return with(Map.of(
                CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
                CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000));
    }

    /** Offsets live in the database, so the consumer may neither choose nor commit any by itself. */
    Map<String, Object> consumer() {
        var settings = with(Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                prefix() + "engine",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                config.inbound().batchSize(),
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                16 << 20,
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                (int) config.inbound().sessionTimeout().toMillis(),
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false));
        // eager: every assignment is answered with a seek, which the cooperative ones don't ask for
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName());
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int)
                config.inbound().sessionTimeout().dividedBy(4).toMillis());
        return settings;
    }

    /** For looking at what isn't committed yet; a member of no group. */
    Map<String, Object> uncommittedConsumer() {
        return with(Map.of(
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_uncommitted",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false));
    }

    /** For the answers to checks: whoever waits for them is told soon that no broker is there. */
    Map<String, Object> checkConsumer() {
        var settings = new HashMap<>(uncommittedConsumer());
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        return settings;
    }

    Map<String, Object> checkProducer() {
        return with(Map.of(
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                ProducerConfig.LINGER_MS_CONFIG, 0,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRequestBytes(),
                ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000));
    }

    /**
     * One id for all instances: the broker lets only the one that initialised last go on. No linger: each message is some
     * other service's wake-up.
     */
    Map<String, Object> outboxProducer(String lane) {
        var settings = with(Map.of(
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                ProducerConfig.LINGER_MS_CONFIG, 0,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRequestBytes(),
                ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000));
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, prefix() + lane);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 15_000);
        return settings;
    }

    private static int maxRequestBytes() {
        return Arrays.stream(Topic.values()).mapToInt(Topic::maxBytes).max().orElseThrow() + HEADROOM_BYTES;
    }

    private Map<String, Object> with(Map<String, Object> own) {
        var settings = new HashMap<>(common);
        settings.putAll(own);
        return settings;
    }
}
