package dev.sluice.applier.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * How far each partition of the order log must be read before its routes are written: to the end that it had when it was
 * assigned. Partitions that were there before go on undisturbed.
 */
final class CatchUp {
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private boolean assigned;

    /** @param added may be empty: an instance without a partition has read all that is its */
    void begin(Consumer<?, ?> consumer, Collection<TopicPartition> added) {
        assigned = true;
        if (!added.isEmpty()) {
            ends.putAll(consumer.endOffsets(added));
        }
    }

    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(ends::remove);
    }

    boolean isReading(TopicPartition partition) {
        return ends.containsKey(partition);
    }

    /** Those that have just been read to their ends; told once. */
    List<TopicPartition> done(Consumer<?, ?> consumer) {
        var done = ends.entrySet().stream()
                .filter(end -> consumer.position(end.getKey()) >= end.getValue())
                .map(Map.Entry::getKey)
                .toList();
        done.forEach(ends::remove);
        return done;
    }

    boolean isDone() {
        return assigned && ends.isEmpty();
    }
}
