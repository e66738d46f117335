package dev.sluice.bench.load;

import java.time.Duration;

/** How much healthy traffic there is. */
final class Traffic {
    /** Each turn of an application is one event of its stable and one of its canary. */
    private static final int EVENTS_PER_TURN = 2;

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** What the machine that also runs everything else can publish beside it. */
    private static final int MOST_EVENTS_PER_SECOND = 2_000;

    private Traffic() {}

    /**
     * The time between two turns of an application: a second, longer where that would be too much in all. One run has the
     * same at every stage, so that a metric event leads to as many verdicts with few rollouts as with many.
     */
    static Duration period(int rollouts) {
        var bounded = Duration.ofMillis(1_000L * EVENTS_PER_TURN * rollouts / MOST_EVENTS_PER_SECOND);
        return bounded.compareTo(SHORTEST) > 0 ? bounded : SHORTEST;
    }
}
