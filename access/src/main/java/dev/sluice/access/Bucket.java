package dev.sluice.access;

import java.time.Duration;
import java.util.Optional;

/** So much at once, and then so much a second. */
final class Bucket {
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double most;
    private double left;
    private long filledNanos;

    Bucket(double perSecond, double most, long nowNanos) {
        this.perSecond = perSecond;
        this.most = most;
        this.left = most;
        this.filledNanos = nowNanos;
    }

    /** Empty where there was some left; else how long until there is. */
    synchronized Optional<Duration> take(long nowNanos) {
        left = Math.min(most, left + Math.max(0, nowNanos - filledNanos) / NANOS * perSecond);
        filledNanos = nowNanos;
        if (left >= 1) {
            left--;
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos((long) ((1 - left) / perSecond * NANOS)));
    }
}
