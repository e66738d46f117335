package dev.sluice.gate.core;

import dev.sluice.schemas.message.MetricEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** One series' panes in time order. Only panes in which something was measured exist. */
final class Series {
    static final int CELLS = 32;
    private static final int PANE_CELLS = 6;
    private static final int NEW_PANE_CELLS = PANE_CELLS + Aggregate.EMPTY_CELLS;

    private static final class Pane {
        private final long start;
        private long end;
        private final Aggregate sum = new Aggregate();

        private Pane(long start, long end) {
            this.start = start;
            this.end = end;
        }

        private int cells() {
            return PANE_CELLS + sum.cells();
        }
    }

    private final SeriesKey key;
    private final List<Pane> panes = new ArrayList<>(4);

    Series(SeriesKey key) {
        this.key = key;
    }

    SeriesKey key() {
        return key;
    }

    /** Says false where there is no room. */
    boolean add(long millis, MetricEvent event, Bounds bounds, Budget.Share budget) {
        var at = lastStartingAtOrBefore(millis);
        if (at < 0 || panes.get(at).end <= millis) {
            if (!budget.take(NEW_PANE_CELLS)) {
                return false;
            }
            var start = bounds.floor(millis);
            panes.add(++at, new Pane(start, start + bounds.pane().toMillis()));
        }
        var sum = panes.get(at).sum;
        var before = sum.cells();
        if (!budget.take(largestGrowth(event))) {
            return false;
        }
        var added = sum.add(event);
        budget.give(largestGrowth(event) - (sum.cells() - before));
        return added;
    }

    private static int largestGrowth(MetricEvent event) {
        return event.histogram() == null ? 32 : 32 + event.histogram().counts().size();
    }

    private int lastStartingAtOrBefore(long millis) {
        var at = panes.size() - 1;
        while (at >= 0 && panes.get(at).start > millis) {
            at--;
        }
        return at;
    }

    /** Says false where not all could be added up: histogram layouts too many. */
    boolean addTo(Aggregate total, Window window) {
        var all = true;
        for (int i = panes.size() - 1; i >= 0 && panes.get(i).start >= window.startMillis(); i--) {
            if (panes.get(i).start < window.endMillis()) {
                all &= total.add(panes.get(i).sum);
            }
        }
        return all;
    }

    /** Forgets panes that end at or before {@code keepFrom}, and merges neighbours before {@code fineFrom} that lie in one segment. */
    void tidy(long keepFrom, long fineFrom, LongUnaryOperator segment, Budget budget) {
        var before = cells();
        panes.removeIf(pane -> pane.end <= keepFrom);
        var merged = new ArrayList<Pane>(panes.size());
        for (var pane : panes) {
            var last = merged.isEmpty() ? null : merged.getLast();
            if (last != null
                    && pane.end <= fineFrom
                    && segment.applyAsLong(last.start) == segment.applyAsLong(pane.start)
                    && last.sum.add(pane.sum)) {
                last.end = pane.end;
            } else {
                merged.add(pane);
            }
        }
        panes.clear();
        panes.addAll(merged);
        budget.give(before - cells());
    }

    boolean isEmpty() {
        return panes.isEmpty();
    }

    int paneCount() {
        return panes.size();
    }

    long cells() {
        return panes.stream().mapToLong(Pane::cells).sum();
    }
}
