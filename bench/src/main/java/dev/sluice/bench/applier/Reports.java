package dev.sluice.bench.applier;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what the applier reports. For one thread. */
final class Reports implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final KafkaConsumer<byte[], byte[]> consumer;

    /** Nothing that is reported from now on is missed. */
    Reports(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(Topic.WEIGHT_REPORTS.name(Topic.DEFAULT_PREFIX)).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /**
     * Returns once all of these are reported as applied.
     *
     * @throws IllegalStateException where one is not, with what was said of it last
     */
    void awaitApplied(List<WeightOrder> orders) {
        var open = new HashMap<>(
                orders.stream().collect(Collectors.toMap(WeightOrder::route, order -> order, (one, other) -> other)));
        var end = System.nanoTime() + LIMIT.toNanos();
        WeightReport last = null;
        while (!open.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "%d orders are not applied; the last word: %s".formatted(open.size(), last));
            }
            for (var record : consumer.poll(Duration.ofSeconds(1))) {
                var report = read(record.value());
                var order = open.get(report.route());
                if (order != null && order.fence().compareTo(report.fence()) == 0) {
                    last = report;
                    if (report.outcome() == Outcome.APPLIED) {
                        open.remove(report.route());
                    }
                }
            }
        }
    }

    private static WeightReport read(byte[] value) {
        try {
            return Json.mapper().readValue(value, WeightReport.class);
        } catch (IOException e) {
            throw new IllegalStateException("an unreadable report", e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
