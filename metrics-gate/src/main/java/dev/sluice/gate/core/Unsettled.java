package dev.sluice.gate.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The times, on the grid of panes, that a query leaves out because a weight moved just before. */
final class Unsettled {
    static final Unsettled NONE = new Unsettled(List.of());

    /** Beginnings and ends in turn, ascending. */
    private final long[] cuts;

    private Unsettled(List<Long> cuts) {
        this.cuts = cuts.stream().mapToLong(Long::longValue).toArray();
    }

    /** @param moved ascending */
    static Unsettled of(List<Instant> moved, Duration settle, Bounds bounds) {
        if (moved.isEmpty() || settle.isZero()) {
            return NONE;
        }
        var cuts = new ArrayList<Long>();
        for (var move : moved) {
            var start = bounds.floor(move.toEpochMilli());
            var end = bounds.ceiling(move.plus(settle).toEpochMilli());
            if (!cuts.isEmpty() && start <= cuts.getLast()) {
                cuts.set(cuts.size() - 1, Math.max(cuts.getLast(), end));
            } else {
                cuts.add(start);
                cuts.add(end);
            }
        }
        return new Unsettled(cuts);
    }

    boolean isNone() {
        return cuts.length == 0;
    }

    boolean holds(long millis) {
        return cuts(millis) % 2 == 1;
    }

    /** How many times begin or end there or before: panes are never merged over one. What is asked about is nearly always late. */
    int cuts(long millis) {
        var at = cuts.length;
        while (at > 0 && cuts[at - 1] > millis) {
            at--;
        }
        return at;
    }

    /** What is left of a window, in order of time. */
    List<Window> settledIn(Window window) {
        if (isNone()) {
            return List.of(window);
        }
        var settled = new ArrayList<Window>();
        var from = window.startMillis();
        for (int i = 0; i < cuts.length; i += 2) {
            add(settled, from, Math.min(cuts[i], window.endMillis()), window);
            from = Math.max(from, cuts[i + 1]);
        }
        add(settled, from, window.endMillis(), window);
        return settled;
    }

    private static void add(List<Window> settled, long from, long to, Window of) {
        if (from < to) {
            settled.add(new Window(from, to, of.over()));
        }
    }

    /** When what is looked at goes on; the time itself where it does. */
    long settledFrom(long millis) {
        return holds(millis) ? cuts[cuts(millis)] : millis;
    }
}
