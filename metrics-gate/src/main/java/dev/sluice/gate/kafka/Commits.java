package dev.sluice.gate.kafka;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Moves the group's committed offsets, which say how far misplaced events have been sent on: only after the brokers have
 * acknowledged what was sent for a batch and for all batches before it.
 */
final class Commits {
    private static final int BATCHES_UNDER_WAY = 64;

    private record Batch(Map<TopicPartition, Long> positions, List<Future<?>> sends) {}

    private final Consumer<byte[], byte[]> consumer;
    private final Deque<Batch> underWay = new ArrayDeque<>();
    private final Map<TopicPartition, Long> ready = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();

    Commits(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** Commits never go below what the group has; 0 where it has nothing. */
    void startAt(TopicPartition partition, long committedBefore) {
        committed.put(partition, committedBefore);
    }

    void forget(Collection<TopicPartition> partitions) {
        ready.keySet().removeAll(partitions);
        committed.keySet().removeAll(partitions);
        underWay.forEach(batch -> batch.positions().keySet().removeAll(partitions));
    }

    /** @param positions the next offset of each partition once the batch is done */
    void batchTaken(Map<TopicPartition, Long> positions, List<Future<?>> sends) {
        underWay.add(new Batch(new HashMap<>(positions), List.copyOf(sends)));
        while (!underWay.isEmpty() && (isDone(underWay.peek()) || underWay.size() > BATCHES_UNDER_WAY)) {
            settle(underWay.remove());
        }
        commit();
    }

    boolean isWaiting() {
        return !underWay.isEmpty();
    }

    private static boolean isDone(Batch batch) {
        return batch.sends().stream().allMatch(Future::isDone);
    }

    private void settle(Batch batch) {
        batch.sends().forEach(Commits::await);
        batch.positions().forEach((partition, position) -> {
            if (position > committed.getOrDefault(partition, 0L)) {
                ready.put(partition, position);
            }
        });
    }

    static void await(Future<?> send) {
        try {
            send.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a record could not be written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while writing", e);
        }
    }

    private void commit() {
        if (ready.isEmpty()) {
            return;
        }
        committed.putAll(ready);
        consumer.commitAsync(offsets(), (offsets, failure) -> {
            if (failure != null) {
                // unless a later one went through, the next call commits it again
                offsets.forEach((partition, offset) -> committed.remove(partition, offset.offset()));
            }
        });
        ready.clear();
    }

    /** Before partitions go: waits for what is under way and commits all. */
    void flush() {
        while (!underWay.isEmpty()) {
            settle(underWay.remove());
        }
        committed.forEach(ready::putIfAbsent);
        ready.values().removeIf(offset -> offset == 0);
        if (!ready.isEmpty()) {
            commitNow();
            committed.putAll(ready);
            ready.clear();
        }
    }

    private void commitNow() {
        try {
            consumer.commitSync(offsets());
        } catch (WakeupException wokenForSomethingElse) {
            commitNow();
        } catch (CommitFailedException | RebalanceInProgressException alreadyGone) {
            // the next owner starts at the last commit and sends on again what the owner of the series then drops
            ready.clear();
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets() {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        ready.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
        return offsets;
    }
}
