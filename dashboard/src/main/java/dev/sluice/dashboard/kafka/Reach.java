package dev.sluice.dashboard.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * How far one channel has read, and as of when all of its topic is known. The consumer is asked on the thread that polls;
 * whether what it had polled by then is worked off is counted in batches, for marks of transactions are no records. Thread-safe.
 */
final class Reach {
    /** No record comes in meanwhile. */
    private static final Duration ASKS_FOR = Duration.ofSeconds(2);

    private record Look(Instant at, Map<TopicPartition, Long> ends) {}

    private final Map<TopicPartition, Long> taken = new HashMap<>();
    private long polledBatches;
    private long takenBatches;
    private Look pending;
    private Look reached;
    private long reachedByBatch;
    private Instant asOf;
    private Instant newest;

    /** A poll has brought this; nothing but a step over marks of transactions is no batch. */
    synchronized void polled(ConsumerRecords<?, ?> records) {
        if (!records.isEmpty()) {
            polledBatches++;
        }
    }

    /** A batch has been worked off. */
    synchronized void took(ConsumerRecords<?, ?> records) {
        takenBatches++;
        for (var record : records) {
            taken.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            var at = Instant.ofEpochMilli(record.timestamp());
            newest = newest == null || at.isAfter(newest) ? at : newest;
        }
        conclude();
    }

    /** Where a partition goes on that was read before; null: it wasn't. */
    synchronized Long goesOn(TopicPartition partition) {
        return taken.get(partition);
    }

    /** Partitions came or went: what was polled of them before doesn't come any more. */
    synchronized void begins() {
        polledBatches = 0;
        takenBatches = 0;
        pending = null;
        reached = null;
    }

    /** On the thread that polls, where positions stand still. */
    void look(Consumer<?, ?> consumer, Instant now) {
        var partitions = Set.copyOf(consumer.assignment());
        var positions = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> positions.put(partition, consumer.position(partition, ASKS_FOR)));
        looked(positions, new Look(now, consumer.endOffsets(partitions, ASKS_FOR)));
    }

    private synchronized void looked(Map<TopicPartition, Long> positions, Look look) {
        if (positions.isEmpty()) {
            return;
        }
        var old = pending == null ? look : pending;
        if (isReached(look, positions)) {
            reach(look);
        } else if (isReached(old, positions)) {
            reach(old);
            pending = look;
        } else {
            pending = old;
        }
        conclude();
    }

    private static boolean isReached(Look look, Map<TopicPartition, Long> positions) {
        return look.ends().entrySet().stream()
                .allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private void reach(Look look) {
        reached = look;
        reachedByBatch = polledBatches;
        pending = null;
    }

    private void conclude() {
        if (reached != null && takenBatches >= reachedByBatch) {
            asOf = reached.at();
            reached = null;
        }
    }

    /** All that the topic had then is known; null: not yet all that it had at the start. */
    synchronized Instant asOf() {
        return asOf;
    }

    /** When the newest record was sent; null where there was none. */
    synchronized Instant newest() {
        return newest;
    }
}
