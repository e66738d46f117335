package dev.sluice.gate.kafka;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Finds a topic's partitions, or says which topic is missing. */
final class TopicCheck {
    private static final Duration WITHIN = Duration.ofSeconds(10);

    private TopicCheck() {}

    /** @throws IllegalStateException where the topic does not exist */
    static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
        var found = consumer.partitionsFor(topic, WITHIN);
        if (found == null || found.isEmpty()) {
            throw new IllegalStateException("topic " + topic + " does not exist");
        }
        return found.stream()
                .map((PartitionInfo info) -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /** The number of partitions that both have. */
    static int commonPartitions(Consumer<?, ?> consumer, String metrics, String placed) {
        var first = partitions(consumer, metrics).size();
        var second = partitions(consumer, placed).size();
        if (first != second) {
            throw new IllegalStateException("%s has %d partitions and %s has %d; they must have as many"
                    .formatted(metrics, first, placed, second));
        }
        return first;
    }
}
