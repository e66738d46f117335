package dev.sluice.gate.core;

import dev.sluice.schemas.rollout.Selector;
import java.time.Duration;
import java.util.Map;

/** What one side's events in a window come to. Nothing is added up before it is asked for. */
public interface View {
    /** All matching series added up; null where none matches. */
    Aggregate total(Selector selector);

    /** What each of the canary's instances sent, in a cell of a fold and as far as events say it; else empty. */
    default Map<String, View> byInstance() {
        return Map.of();
    }

    /** Why {@link #total} has nothing for this selector: names what does exist. */
    String whyMissing(Selector selector);

    /** Whether events of this metric found no room, or don't add up: what is there is not all of it. */
    boolean hasGap(Selector selector);

    /** Whether this target ever sent the metric, from either side. */
    Seen everSaw(String metric);

    /** Whether a series that matches is known, from either side, in the window or before it. */
    boolean everMatched(Selector selector);

    Window window();

    /** How much of the window is looked at: all of it, but for what a query leaves out. */
    default Duration looked() {
        return window().length();
    }
}
