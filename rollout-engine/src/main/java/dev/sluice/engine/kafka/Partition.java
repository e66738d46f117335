package dev.sluice.engine.kafka;

import java.time.Duration;
import org.apache.kafka.common.TopicPartition;

/** What the reader remembers of one partition that it was assigned; touched by the reader's thread alone. */
final class Partition {
    private static final int MOST_DOUBLINGS = 20;

    final TopicPartition name;
    /** Null until the partition is placed. */
    private String topicId;

    private long expected;
    private int failures;
    private boolean heldBack;
    private long notBeforeNanos;
    /** Where its log ended when it was assigned; negative until that is known. */
    private long backlogEnd = -1;

    Partition(TopicPartition name) {
        this.name = name;
    }

    boolean isPlaced() {
        return topicId != null;
    }

    String topicId() {
        return topicId;
    }

    long expected() {
        return expected;
    }

    void place(String topicId, long offset) {
        this.topicId = topicId;
        this.expected = offset;
    }

    /** Only the first one counts: what comes later is no backlog. */
    void endsAt(long end) {
        if (backlogEnd < 0) {
            backlogEnd = end;
        }
    }

    boolean hasReached(long position) {
        return isPlaced() && backlogEnd >= 0 && position >= backlogEnd;
    }

    void unplace() {
        topicId = null;
    }

    void stored(long next) {
        expected = next;
        failures = 0;
    }

    boolean isHeldBack() {
        return heldBack;
    }

    /** Nothing of it is read until then. */
    Duration untilDue(long nowNanos) {
        return Duration.ofNanos(heldBack ? Math.max(0, notBeforeNanos - nowNanos) : 0);
    }

    void goOn() {
        heldBack = false;
    }

    /** Doubles the wait with each failure in a row, up to {@code most}. */
    void holdBack(long nowNanos, Duration first, Duration most) {
        var doubled = first.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        heldBack = true;
        notBeforeNanos = nowNanos + (doubled.compareTo(most) < 0 ? doubled : most).toNanos();
    }
}
