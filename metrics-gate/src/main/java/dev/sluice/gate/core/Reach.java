package dev.sluice.gate.core;

import java.time.Duration;
import java.util.List;

/**
 * What a judge looks at beyond the run's window as a whole: panes are kept apart, and read back from the log, wherever it cuts.
 *
 * @param backFromEnd windows begin so long before the run's end
 * @param before whether it looks at the time before the rollout began, which the grid cuts from its end on
 * @param grid cuts the run's window into cells; null where it is looked at as a whole
 * @param folds whether it goes through the cells with every event, so that they are kept up with them
 */
public record Reach(List<Duration> backFromEnd, boolean before, Grid grid, boolean folds) {
    public static final Reach NONE = new Reach(List.of(), false, null, false);

    public Reach {
        backFromEnd = List.copyOf(backFromEnd);
    }

    public static Reach before(boolean whether) {
        return new Reach(List.of(), whether, null, false);
    }

    /** Windows that begin so long before the run's end. */
    public static Reach back(List<Duration> durations) {
        return new Reach(durations, false, null, false);
    }

    public Reach in(Grid cells) {
        return new Reach(backFromEnd, before, cells, false);
    }

    /** The same, kept up with every event. */
    public Reach folding(Grid cells) {
        return new Reach(backFromEnd, before, cells, true);
    }
}
