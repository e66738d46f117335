package dev.sluice.gate.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Deals with what is new in partitions whose windows are still being read back, so that their commits go on: each pass in
 * the fleet waits for all commits, and a window that takes long to read back is nothing to those who are not judged by it.
 * Once the windows have come as far, the partition is left to those who read them.
 */
final class Forerunner {
    private final Consumer<byte[], byte[]> consumer;
    private final Batch batch;
    private Map<TopicPartition, Owned> followed = Map.of();

    /** @param consumer of its own and without a group: the position of the group's is the windows' */
    Forerunner(Consumer<byte[], byte[]> consumer, Batch batch) {
        this.consumer = consumer;
        this.batch = batch;
    }

    /**
     * Takes what is there; never waits for more.
     *
     * @param behind all whose windows are behind what has been dealt with, and that are this instance's at the moment
     * @param sends gets what was sent, to be acknowledged before it is committed
     */
    void run(Map<TopicPartition, Owned> behind, List<Future<?>> sends) {
        follow(behind);
        if (behind.isEmpty()) {
            return;
        }
        var records = consumer.poll(Duration.ZERO);
        for (var partition : records.partitions()) {
            // what arrives, what alerts say and what was refused is the windows', which get to it later; rules have
            // been told
            var sorted = batch.sort(partition, records.records(partition), behind.get(partition), sends);
            if (sorted.tooNew() != null) {
                consumer.seek(partition, sorted.tooNew().offset());
                consumer.pause(Set.of(partition));
            }
        }
        behind.forEach((partition, owned) -> owned.handledTo(partition, consumer.position(partition)));
    }

    boolean isRunning() {
        return !followed.isEmpty();
    }

    private void follow(Map<TopicPartition, Owned> behind) {
        if (behind.equals(followed)) {
            return;
        }
        consumer.assign(behind.keySet());
        behind.forEach((partition, owned) -> {
            // not where it was: a partition that was away, or is rebuilt, begins again at what the group has
            if (followed.get(partition) != owned) {
                consumer.seek(partition, owned.handled().get(partition));
                consumer.resume(Set.of(partition));
            }
        });
        followed = Map.copyOf(behind);
    }
}
