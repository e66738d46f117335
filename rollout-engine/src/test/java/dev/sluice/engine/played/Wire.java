package dev.sluice.engine.played;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics as any other program sees them: plain clients, plain JSON. */
public final class Wire implements AutoCloseable {
    private static final String PREFIX = Topic.DEFAULT_PREFIX;
    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    public Wire(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0, "max.request.size", 4 << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Sends to the partition that the key gives, or that {@code partition} says. */
    public void send(Topic topic, Integer partition, String key, String value) {
        send(new ProducerRecord<>(topic.name(PREFIX), partition, utf8(key), utf8(value)));
    }

    public void send(Topic topic, String key, String value) {
        send(topic, null, key, value);
    }

    public void send(ProducerRecord<byte[], byte[]> record) {
        try {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka refused a record", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Everything on a topic now, in order within each partition. */
    public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        var partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            consumer.poll(POLL).forEach(records::add);
        }
        return records;
    }

    public List<JsonNode> values(Topic topic, String application) {
        return records(topic.name(PREFIX)).stream()
                .filter(record -> record.value() != null)
                .map(record -> json(record.value()))
                .filter(value -> application.equals(value.path("application").textValue()))
                .toList();
    }

    public <T> List<T> values(Topic topic, String application, Class<T> type) {
        return values(topic, application).stream()
                .map(value -> Json.mapper().convertValue(value, type))
                .toList();
    }

    public List<ConsumerRecord<byte[], byte[]>> deadLetters(Topic topic) {
        return records(topic.deadLetters(PREFIX));
    }

    public static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static JsonNode json(byte[] value) {
        try {
            return Json.mapper().readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
