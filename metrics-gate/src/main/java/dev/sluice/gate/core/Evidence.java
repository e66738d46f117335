package dev.sluice.gate.core;

import dev.sluice.schemas.rollout.Selector;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Everything that a judge can look at: any side, in the run's window or in any other. */
public interface Evidence {
    /** Of the run. */
    Window window();

    /** In the run's window; kept up with events, so that asking costs the same however much it holds. */
    View of(Side side);

    /** In another window, read from the panes: one that the judge said it looks at ({@link Judge#reach}). */
    View of(Side side, Window window);

    /**
     * How many events a side had of each value of a label, by when the value first came up; series without the label left out. Read
     * from the panes.
     */
    Map<String, Double> byLabel(Side side, Window window, Selector selector, String label);

    /** As long as the run's window, just before the rollout began. */
    Window before();

    /** The whole minutes before the rollout began, oldest first, as far as the gate happens to remember them: an hour at most. */
    List<Window> minutesBefore();

    /** The cells that the judge's grid cuts the run's window into; those that are over. */
    List<Window> cells();

    /** The same of {@link #before()}, which is cut from its end on backwards. */
    List<Window> cellsBefore();

    /** Whether no weight moved in the run's window, so that the canary's share of requests was one. */
    boolean isSteady();

    /** What monitors said of this target. */
    Collection<Alert> alerts();

    /** What the query's provider answered for this run; null where it hasn't, or none is asked. */
    Pulled pulled();

    /** Of all cells up to the last one that holds anything; kept up with events. */
    <S> S folded(Fold<S> fold);
}
