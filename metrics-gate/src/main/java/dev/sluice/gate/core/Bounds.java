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
 * @param reach how much further than the windows the log is read back, so that the first total in a window has one before it to
 *     be compared with: as far apart as the totals of a counter come; 0 where there are none
 */
public record Bounds(
        Duration pane,
        Duration keep,
        Duration history,
        Duration grace,
        int seriesPerTarget,
        long cells,
        int idsPerTarget,
        int openRuns,
        Duration reach) {
    /** A series has as many counters as processes; not every one of them is the largest. */
    private static final int TOTALS_PER_SERIES = 20;

    public static final Bounds DEFAULT = new Bounds(
            Duration.ofMillis(100),
            Duration.ofSeconds(70),
            Duration.ofHours(1),
            Duration.ofMillis(500),
            1000,
            6_000_000,
            10_000,
            100);

    /** Of windows without totals. */
    public Bounds(
            Duration pane,
            Duration keep,
            Duration history,
            Duration grace,
            int seriesPerTarget,
            long cells,
            int idsPerTarget,
            int openRuns) {
        this(pane, keep, history, grace, seriesPerTarget, cells, idsPerTarget, openRuns, Duration.ZERO);
    }

    int totalsPerTarget() {
        return TOTALS_PER_SERIES * seriesPerTarget;
    }

    /** How long a counter that is not heard of is remembered: not shorter than its events may be late. */
    Duration memoryOfTotals() {
        return reach.compareTo(keep) > 0 ? reach : keep;
    }

    long floor(long millis) {
        return Math.floorDiv(millis, pane.toMillis()) * pane.toMillis();
    }

    long ceiling(long millis) {
        return -floor(-millis);
    }
}
