package dev.sluice.notifier.ledger;

import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the ledger's clients. {@code kafka.*} settings (servers, security) go to all of them; what is set here is set for a reason. */
@Singleton
class Clients {
    private static final int FETCH_MAX_BYTES = 8 << 20;

    private final Map<String, Object> common;

    Clients(@Identifier("default-kafka-broker") Map<String, Object> common) {
        this.common = common;
    }

    /** In no group: each reads a partition from its beginning to its end. */
    KafkaConsumer<byte[], byte[]> reader() {
        var settings = new HashMap<>(common);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // the default of 50 MB does not fit the heap
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_MAX_BYTES);
        return new KafkaConsumer<>(settings);
    }

    /** Gives up in time: whoever writes tries again, with what is known by then. */
    KafkaProducer<byte[], byte[]> writer() {
        var settings = new HashMap<>(common);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 8_000);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LedgerTopic.MAX_BYTES);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 16L << 20);
        return new KafkaProducer<>(settings);
    }

    Admin admin() {
        var settings = new HashMap<>(common);
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 20_000);
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        return Admin.create(settings);
    }
}
