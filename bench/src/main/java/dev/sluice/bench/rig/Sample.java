package dev.sluice.bench.rig;

import java.util.List;

/**
 * One journey, timed.
 *
 * @param beganNanos just before the message was published
 * @param marksNanos when each later topic's record was read, and last when the watch showed the weight
 */
public record Sample(long beganNanos, List<Long> marksNanos) {
    public Sample {
        marksNanos = List.copyOf(marksNanos);
    }

    public long totalNanos() {
        return marksNanos.getLast() - beganNanos;
    }

    /** From the mark before (or the beginning) to this one. */
    long stageNanos(int stage) {
        return marksNanos.get(stage) - (stage == 0 ? beganNanos : marksNanos.get(stage - 1));
    }

    int stages() {
        return marksNanos.size();
    }
}
