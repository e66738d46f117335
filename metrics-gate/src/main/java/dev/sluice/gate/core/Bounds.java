package dev.sluice.gate.core;

import java.time.Duration;

/**
 * How much the windows hold, and how finely.
 *
 * @param pane the grid that every window is rounded down to. It is also how far a window can reach back over its
 *     beginning, so it is short; older panes are merged wherever no open analysis cuts, so short ones cost little
 * @param keep how long panes stay fine; longer than an event may be late
 * @param history how long they stay at all, merged by the minute, for comparisons with what was before a rollout, while there is room
 * @param grace how long after a run's end its events may still be on their way
 * @param seriesPerTarget series of one application and target; an event of one more is counted, not kept
 * @param cells doubles that all windows of this instance may hold together
 * @param idsPerTarget event ids remembered, the oldest forgotten first
 * @param openRuns runs of one analysis judged at the same time; the next opens when one is done
 */
public record Bounds(
        Duration pane,
        Duration keep,
        Duration history,
        Duration grace,
        int seriesPerTarget,
        long cells,
        int idsPerTarget,
        int openRuns) {
    public static final Bounds DEFAULT = new Bounds(
            Duration.ofMillis(100),
            Duration.ofSeconds(70),
            Duration.ofHours(1),
            Duration.ofMillis(500),
            1000,
            6_000_000,
            10_000,
            100);

    long floor(long millis) {
        return Math.floorDiv(millis, pane.toMillis()) * pane.toMillis();
    }

    long ceiling(long millis) {
        return -floor(-millis);
    }
}
