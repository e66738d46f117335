package dev.sluice.dashboard.core;

import java.time.Instant;

/**
 * How releases went in a window of time. One target of a rollout is one deployment; those that never began don't count.
 *
 * @param wentBack deployments that were rolled back or failed
 * @param promotedPerDay deployment frequency; null for a window of no length
 * @param falseAborts of those that went back, the ones that somebody assessed as wrongly taken back
 * @param missed of those that were promoted, the ones that somebody assessed as wrongly promoted
 * @param changeFailureRate of those that ended, the part that was bad as far as anybody knows: what went back without the false aborts,
 *     and what was missed; null where none ended
 * @param leadTime from a rollout's start until the target was promoted; null where none was
 * @param timeToRestore from the decision to go back until no route gave the canary traffic; null where none went back
 */
public record Figures(
        Instant from,
        Instant to,
        int promoted,
        int wentBack,
        int falseAborts,
        int missed,
        Double promotedPerDay,
        Double changeFailureRate,
        Spread leadTime,
        Spread timeToRestore) {

    /** Of so many durations: half are at most the median, nine in ten at most {@code p90Millis}. */
    public record Spread(int count, long medianMillis, long p90Millis, long longestMillis) {}
}
