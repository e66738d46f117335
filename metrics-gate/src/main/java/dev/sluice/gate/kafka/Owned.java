package dev.sluice.gate.kafka;

import dev.sluice.gate.kafka.ReadBack.Start;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/** One partition number that this instance owns, in both metric topics: what has been read of it. */
final class Owned {
    private final int number;
    private final Map<TopicPartition, Start> starts;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Map<TopicPartition, Long> handled = new HashMap<>();
    private boolean caughtUp;

    Owned(int number, Map<TopicPartition, Start> starts) {
        this.number = number;
        this.starts = starts;
        starts.forEach((partition, start) -> {
            positions.put(partition, start.from());
            handled.put(partition, start.unhandledFrom());
        });
    }

    int number() {
        return number;
    }

    /** Complete where both topics are. */
    Instant completeSince() {
        return latest(Start::completeSince);
    }

    /** Read where both topics are. */
    Instant readSince() {
        return latest(Start::readSince);
    }

    private Instant latest(Function<Start, Instant> of) {
        return starts.values().stream().map(of).max(Instant::compareTo).orElse(Instant.EPOCH);
    }

    /** Whether what is wrong with this record has yet to be dealt with: sent on, or put to the dead letters. */
    boolean isUnhandled(TopicPartition partition, long offset) {
        return offset >= handled.get(partition);
    }

    Map<TopicPartition, Start> starts() {
        return starts;
    }

    Map<TopicPartition, Long> positions() {
        return positions;
    }

    /** Up to where nothing is left to be dealt with; ahead of the positions while windows are read back. */
    Map<TopicPartition, Long> handled() {
        return handled;
    }

    boolean isBehind(TopicPartition partition) {
        return positions.get(partition) < handled.get(partition);
    }

    void moveTo(TopicPartition partition, long position) {
        positions.put(partition, position);
        handledTo(partition, position);
    }

    void handledTo(TopicPartition partition, long position) {
        handled.merge(partition, position, Math::max);
    }

    /** Whether the ends seen at the assignment have just been reached; true once. */
    boolean catchesUp() {
        if (caughtUp
                || starts.entrySet().stream()
                        .anyMatch(s -> positions.get(s.getKey()) < s.getValue().end())) {
            return false;
        }
        caughtUp = true;
        return true;
    }

    /** Whether all was read that there was at the assignment. */
    boolean isCaughtUp() {
        return caughtUp;
    }

    boolean isAt(Map<TopicPartition, Long> ends) {
        return positions.entrySet().stream().allMatch(p -> p.getValue() >= ends.getOrDefault(p.getKey(), 0L));
    }
}
