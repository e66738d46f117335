package dev.sluice.gate.kafka;

import dev.sluice.gate.core.TargetKey;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.wire.Keys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/** The two metric topics with their common number of partitions, and which partition a target's series belong to. */
final class MetricTopics {
    private static final int REMEMBERED = 100_000;

    private final String metrics;
    private final String placed;
    private final int partitions;
    private final Map<TargetKey, Integer> known = new HashMap<>();

    MetricTopics(String prefix, int partitions) {
        this.metrics = Topic.METRICS.name(prefix);
        this.placed = Topic.METRICS_PLACED.name(prefix);
        this.partitions = partitions;
    }

    List<String> names() {
        return List.of(metrics, placed);
    }

    int partitions() {
        return partitions;
    }

    TopicPartition metrics(int partition) {
        return new TopicPartition(metrics, partition);
    }

    TopicPartition placed(int partition) {
        return new TopicPartition(placed, partition);
    }

    /** Both topics' partitions of this number. */
    List<TopicPartition> both(int partition) {
        return List.of(metrics(partition), placed(partition));
    }

    List<TopicPartition> allMetrics() {
        return IntStream.range(0, partitions).mapToObj(this::metrics).toList();
    }

    boolean isPlaced(String topic) {
        return placed.equals(topic);
    }

    /** Where the series of this target belong: where Java's partitioner puts {@code application/target}. */
    int partitionOf(TargetKey key) {
        if (known.size() > REMEMBERED) {
            known.clear();
        }
        return known.computeIfAbsent(
                key, k -> Keys.partition(Keys.applicationTarget(k.application(), k.target()), partitions));
    }
}
