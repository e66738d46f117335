package dev.sluice.dashboard.core;

import java.time.Duration;

/**
 * How much is remembered.
 *
 * @param history how far back
 * @param statuses one for each target
 * @param recent events
 * @param recentChars of all these together
 * @param audit entries of one application
 * @param verdicts of one target
 * @param weights points of one target
 * @param timelineChars of all applications together
 * @param ends of targets, and as many beginnings
 */
public record Bounds(
        Duration history,
        int statuses,
        int recent,
        long recentChars,
        int audit,
        int verdicts,
        int weights,
        long timelineChars,
        int ends) {}
