package dev.sluice.gate.kafka;

import dev.sluice.gate.config.GateConfig;
import dev.sluice.schemas.Topic;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the clients. {@code kafka.*} settings (servers, security) go to all of them; what is set here is set for a reason. */
@Singleton
public class Clients {
    private static final int METADATA_MILLIS = 10_000;
    private static final int FETCH_MAX_BYTES = 8 << 20;

    private final Map<String, Object> common;
    private final GateConfig config;

    Clients(@Identifier("default-kafka-broker") Map<String, Object> common, GateConfig config) {
        this.common = common;
        this.config = config;
    }

    /** For the metric topics, in the group. */
    KafkaConsumer<byte[], byte[]> metrics() {
        return new KafkaConsumer<>(forMetrics());
    }

    /** For the metric topics as well; assigned by hand, and what it has read is committed by the other. */
    KafkaConsumer<byte[], byte[]> forerunner() {
        var settings = forMetrics();
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return new KafkaConsumer<>(settings);
    }

    /** What both have in common. */
    Map<String, Object> forMetrics() {
        var settings = consumer(config.group());
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.gate().maxPollRecords());
        // added partitions are noticed so soon
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MILLIS);
        // range gives partition n of both topics to the same instance
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName());
        settings.put(
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                Math.toIntExact(config.gate().sessionTimeout().toMillis()));
        settings.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                Math.toIntExact(config.gate().sessionTimeout().dividedBy(4).toMillis()));
        return settings;
    }

    /** For the engine's analyses and the verdicts; assigned by hand, the group only holds how far dead letters were sent. */
    KafkaConsumer<byte[], byte[]> analyses() {
        var settings = consumer(config.group() + "-analyses");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new KafkaConsumer<>(settings);
    }

    private Map<String, Object> consumer(String group) {
        var settings = new HashMap<>(common);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // the default of 50 MB does not fit the heap
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_MAX_BYTES);
        return settings;
    }

    KafkaProducer<byte[], byte[]> producer() {
        var settings = forWriting();
        // a send never gives up while later ones go through: the owner would drop the missing event as out of order
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 16L << 20);
        return new KafkaProducer<>(settings);
    }

    /** For what others write: as much as comes waits for its place, for none may overtake another. */
    KafkaProducer<byte[], byte[]> handOver() {
        var settings = forWriting();
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.MAX_VALUE);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 16L << 20);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        return new KafkaProducer<>(settings);
    }

    /** Gives up in time: commits wait for it. */
    KafkaProducer<byte[], byte[]> deadLetters() {
        var settings = forWriting();
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L << 20);
        return new KafkaProducer<>(settings);
    }

    private Map<String, Object> forWriting() {
        var settings = new HashMap<>(common);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Topic.METRICS.maxBytes() + 2 * Topic.DEAD_LETTER_HEADROOM_BYTES);
        return settings;
    }

    Admin admin() {
        var settings = new HashMap<>(common);
        settings.put(
                CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Math.toIntExact(Duration.ofSeconds(20).toMillis()));
        settings.put(
                CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
                Math.toIntExact(Duration.ofSeconds(10).toMillis()));
        return Admin.create(settings);
    }
}
