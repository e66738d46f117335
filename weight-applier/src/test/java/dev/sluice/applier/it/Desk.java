package dev.sluice.applier.it;

import static org.awaitility.Awaitility.await;

import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.message.WeightReport.Outcome;
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
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The engine's place: sends orders, reads reports and dead letters. */
final class Desk implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String PREFIX = Topic.DEFAULT_PREFIX;

    private final MessageWriter writer = new MessageWriter("test", PREFIX);
    private final MessageReader reader = new MessageReader();
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<WeightReport> reports = new ArrayList<>();
    private final List<ConsumerRecord<byte[], byte[]>> dead = new ArrayList<>();

    Desk(String brokers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "linger.ms", 0, "max.request.size", 4 << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var partitions = new ArrayList<TopicPartition>();
        for (var topic : List.of(Topic.WEIGHT_REPORTS.name(PREFIX), Topic.WEIGHTS.deadLetters(PREFIX))) {
            consumer.partitionsFor(topic)
                    .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    void send(TestOrder order) {
        var built = order.build();
        deliver(writer.write(MessageType.WEIGHT_ORDER, built, built.route() + built.fence(), Instant.now()));
    }

    /** As another client library would: on a partition of its own choice. */
    void send(TestOrder order, int partition) {
        var built = order.build();
        var record = writer.write(MessageType.WEIGHT_ORDER, built, built.route() + built.fence(), Instant.now());
        deliver(new ProducerRecord<>(record.topic(), partition, record.key(), record.value(), record.headers()));
    }

    void sendBytes(byte[] value) {
        deliver(new ProducerRecord<>(Topic.WEIGHTS.name(PREFIX), utf8("any"), value));
    }

    void sendBytes(byte[] value, Map<String, byte[]> headers) {
        var record = new ProducerRecord<>(Topic.WEIGHTS.name(PREFIX), utf8("any"), value);
        headers.forEach(record.headers()::add);
        deliver(record);
    }

    void forget(String route) {
        deliver(new ProducerRecord<>(Topic.WEIGHTS.name(PREFIX), utf8(route), null));
    }

    /** The first report of this outcome for the order, however many others come before it. */
    WeightReport awaitReport(TestOrder order, Outcome outcome) {
        return awaitThe(
                order.route() + " " + order.sequence() + " " + outcome,
                report -> isAbout(report, order) && report.outcome() == outcome);
    }

    ConsumerRecord<byte[], byte[]> awaitDeadLetter(Predicate<ConsumerRecord<byte[], byte[]>> which) {
        await().atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    poll();
                    return dead.stream().anyMatch(which);
                });
        return dead.stream().filter(which).findFirst().orElseThrow();
    }

    List<Outcome> outcomes(TestOrder order) {
        poll();
        return reports.stream()
                .filter(report -> report.route().equals(order.route()))
                .map(WeightReport::outcome)
                .toList();
    }

    List<WeightReport> reports(TestOrder order) {
        poll();
        return reports.stream().filter(report -> isAbout(report, order)).toList();
    }

    private WeightReport awaitThe(String what, Predicate<WeightReport> which) {
        await(what)
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    poll();
                    return reports.stream().anyMatch(which);
                });
        return reports.stream().filter(which).findFirst().orElseThrow();
    }

    private void deliver(ProducerRecord<byte[], byte[]> message) {
        try {
            producer.send(message).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("not delivered", e);
        }
    }

    private static boolean isAbout(WeightReport report, TestOrder order) {
        return report.route().equals(order.route())
                && report.fence().compareTo(order.build().fence()) == 0;
    }

    private void poll() {
        for (var record : consumer.poll(Duration.ofMillis(20))) {
            if (record.topic().endsWith(".dlq")) {
                dead.add(record);
            } else if (reader.read(MessageType.WEIGHT_REPORT, record.value(), record.headers())
                    instanceof Reading.Message<WeightReport>(WeightReport report, var attributes)) {
                reports.add(report);
            } else {
                throw new AssertionError("an unreadable report: " + new String(record.value(), StandardCharsets.UTF_8));
            }
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
        consumer.close();
    }
}
