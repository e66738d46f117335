package dev.sluice.applier.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the order log must be read before anything is written: to the ends that it had at assignment. A partition
 * that is assigned later starts this anew, since it may hold a newer order of any route.
 */
final class CatchUp {
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private boolean assigned;

    void begin(Consumer<?, ?> consumer) {
        assigned = true;
        ends.putAll(consumer.endOffsets(consumer.assignment()));
    }

    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(ends::remove);
    }

    /** An instance without a partition has read all that is its. */
    boolean isDone(Consumer<?, ?> consumer) {
        ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        return assigned && ends.isEmpty();
    }
}
