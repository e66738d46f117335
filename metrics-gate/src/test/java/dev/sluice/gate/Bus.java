package dev.sluice.gate;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.Keys;
import dev.sluice.schemas.wire.MessageReader;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.MessageWriter;
import dev.sluice.schemas.wire.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** What stands around the gate: senders of metric events, the engine, and a reader of everything that comes out. */
public final class Bus implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String prefix;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final MessageWriter engine;
    private final List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();

    public Bus(String bootstrapServers, String prefix) {
        this.prefix = prefix;
        this.engine = new MessageWriter("test/engine", prefix);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0, "max.request.size", 4 << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        var topics = List.of(
                Topic.VERDICTS.name(prefix),
                Topic.METRICS_PLACED.name(prefix),
                Topic.METRICS.deadLetters(prefix),
                Topic.ANALYSES.deadLetters(prefix));
        var partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    public void open(AnalysisSet set) {
        send(engine.write(MessageType.ANALYSIS_SET, set, set.rollout() + "/" + set.revision(), Instant.now()));
    }

    public void forget(String application, String target) {
        send(new ProducerRecord<>(
                Topic.ANALYSES.name(prefix), utf8(Keys.applicationTarget(application, target)), null));
    }

    /** To the partition where Java's partitioner puts its key. */
    public void measure(MetricEvent event) {
        var key = Keys.applicationTarget(event.application(), event.target());
        send(new ProducerRecord<>(Topic.METRICS.name(prefix), utf8(key), json(event)));
    }

    /** To a partition of the sender's choice, as other clients' partitioners do. */
    public void measure(MetricEvent event, int partition) {
        send(new ProducerRecord<>(Topic.METRICS.name(prefix), partition, null, json(event)));
    }

    /** As a later version of Sluice would write it. */
    public void measureLater(MetricEvent event, int partition) {
        var record = new ProducerRecord<byte[], byte[]>(Topic.METRICS.name(prefix), partition, null, json(event));
        record.headers().add("ce_sluiceformat", utf8("2"));
        record.headers().add("ce_source", utf8("sluice/metrics-gate"));
        send(record);
    }

    public void send(Topic topic, byte[] value) {
        send(new ProducerRecord<>(topic.name(prefix), value));
    }

    public void send(Topic topic, String key, byte[] value) {
        send(new ProducerRecord<>(topic.name(prefix), utf8(key), value));
    }

    public void send(Topic topic, byte[] value, Map<String, byte[]> headers) {
        // what is compacted needs a key
        var record = new ProducerRecord<>(topic.name(prefix), utf8("any"), value);
        headers.forEach(record.headers()::add);
        send(record);
    }

    /** To a topic of others. */
    public void write(String topic, int partition, byte[] value) {
        send(new ProducerRecord<>(topic, partition, null, value));
    }

    public int partitions() {
        return producer.partitionsFor(Topic.METRICS.name(prefix)).size();
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try {
            producer.send(record).get();
        } catch (Exception e) {
            throw new IllegalStateException("the test could not send", e);
        }
    }

    /** The first verdict with this id, waited for. */
    public Verdict verdict(String id) {
        return Awaitility.await("verdict " + id)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .until(
                        () -> verdicts(verdict -> verdict.id().equals(id)).stream()
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    /** All that have come so far. */
    public List<Verdict> verdicts(Predicate<Verdict> which) {
        poll();
        var reader = new MessageReader();
        var verdicts = new ArrayList<Verdict>();
        for (var record : seen) {
            if (record.topic().equals(Topic.VERDICTS.name(prefix))
                    && reader.read(MessageType.VERDICT, record.value(), record.headers())
                            instanceof Reading.Message(Verdict verdict, var attributes)
                    && which.test(verdict)) {
                verdicts.add(verdict);
            }
        }
        return verdicts;
    }

    /** A record of this topic that fits, waited for. */
    public ConsumerRecord<byte[], byte[]> record(String topic, Predicate<ConsumerRecord<byte[], byte[]>> which) {
        return Awaitility.await("a record on " + topic)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> records(topic, which).stream().findFirst(), java.util.Optional::isPresent)
                .orElseThrow();
    }

    public List<ConsumerRecord<byte[], byte[]>> records(String topic, Predicate<ConsumerRecord<byte[], byte[]>> which) {
        poll();
        return seen.stream()
                .filter(record -> record.topic().equals(topic) && which.test(record))
                .toList();
    }

    private void poll() {
        consumer.poll(Duration.ofMillis(1)).forEach(seen::add);
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] json(MetricEvent event) {
        try {
            return Json.mapper().writeValueAsBytes(event);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
