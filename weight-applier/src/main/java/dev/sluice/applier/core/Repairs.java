package dev.sluice.applier.core;

import java.time.Duration;
import java.time.Instant;

/**
 * How often a route's object was put back lately: the first time at once, then slower and slower, so that a controller
 * that fights costs neither the API server nor an abort anything. Forgotten after a quiet while.
 */
record Repairs(int count, Instant last) {
    static final Repairs NONE = new Repairs(0, null);
    private static final Duration QUIET = Duration.ofMinutes(2);
    private static final Backoff PACE = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    Repairs and(Instant now) {
        return new Repairs(isQuiet(now) ? 1 : count + 1, now);
    }

    /** When the next one is due; in the past or now: at once. */
    Instant next(String route, Instant now) {
        return isQuiet(now) ? now : last.plus(PACE.before(route, count));
    }

    private boolean isQuiet(Instant now) {
        return last == null || Duration.between(last, now).compareTo(QUIET) > 0;
    }
}
