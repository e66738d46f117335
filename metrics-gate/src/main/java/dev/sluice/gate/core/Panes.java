package dev.sluice.gate.core;

import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/**
 * Sums over short times, in time order, each a place in a few arrays. Only panes in which something was measured exist. The older
 * ones are coarse: merged wherever no open analysis cuts.
 */
class Panes {
    /** Two times and a sum, and some room in their arrays. */
    static final int PANE_CELLS = 5;

    private static final int FIRST_ROOM = 4;
    private static final int WIDTH = 3;
    private static final int LARGEST_GROWTH = 32;

    /** Of each pane its beginning, its end and what was counted, side by side: an event finds all of it in one place. */
    private long[] panes = new long[WIDTH * FIRST_ROOM];

    /** Of values and histograms; null while there were none. */
    private Aggregate[] others;

    /** The panes are those from here on … */
    private int first;
    /** … of which these are coarse already … */
    private int fine;
    /** … up to here. */
    private int end;

    private long cells;

    /**
     * Says false where there is no room.
     *
     * @param isAsked whether a query asks for it
     */
    final boolean add(Sample sample, Bounds bounds, Budget budget, boolean isAsked) {
        var at = paneOf(sample.millis());
        if (at < 0) {
            if (!budget.take(PANE_CELLS, isAsked)) {
                return false;
            }
            at = insert(-at - 1, bounds.floor(sample.millis()), bounds.pane().toMillis());
        }
        var histogram = sample.histogram();
        if (!budget.hasRoom(LARGEST_GROWTH + (histogram == null ? 0 : histogram.counts.length), isAsked)) {
            return false;
        }
        if (sample.isCount()) {
            count(at, sample.number());
            return true;
        }
        var before = cells;
        var added = addOther(at, sample);
        return budget.take(cells - before, true) && added;
    }

    private boolean addOther(int at, Sample sample) {
        if (others == null) {
            others = new Aggregate[panes.length / WIDTH];
        }
        if (others[at] == null) {
            others[at] = new Aggregate();
            cells += Aggregate.EMPTY_CELLS;
        }
        cells -= others[at].cells();
        var added = others[at].add(sample);
        cells += others[at].cells();
        return added;
    }

    private long start(int pane) {
        return panes[WIDTH * pane];
    }

    private long end(int pane) {
        return panes[WIDTH * pane + 1];
    }

    private double counted(int pane) {
        return Double.longBitsToDouble(panes[WIDTH * pane + 2]);
    }

    private void count(int pane, double number) {
        panes[WIDTH * pane + 2] = Double.doubleToRawLongBits(counted(pane) + number);
    }

    /** The pane that holds this time; where none does, -1 less the place where it would stand. */
    private int paneOf(long millis) {
        var at = end - 1;
        if (at >= first && start(at) > millis) {
            at = lastBefore(millis);
        }
        return at >= first && end(at) > millis ? at : -at - 2;
    }

    /** The last pane that begins there or before. */
    private int lastBefore(long millis) {
        var low = first;
        var high = end - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            if (start(middle) <= millis) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    private int insert(int wanted, long start, long paneMillis) {
        var at = wanted - first;
        if (WIDTH * end == panes.length) {
            resize(Math.max(FIRST_ROOM, 2 * (end - first)));
        }
        at += first;
        move(at, at + 1, end - at);
        end++;
        // what comes so late is merged with the others later on
        fine = Math.min(fine, at);
        panes[WIDTH * at] = start;
        panes[WIDTH * at + 1] = start + paneMillis;
        panes[WIDTH * at + 2] = 0;
        if (others != null) {
            others[at] = null;
        }
        cells += PANE_CELLS;
        return at;
    }

    private void resize(int room) {
        var from = first;
        panes = Arrays.copyOf(Arrays.copyOfRange(panes, WIDTH * from, WIDTH * end), WIDTH * room);
        others = others == null ? null : Arrays.copyOf(Arrays.copyOfRange(others, from, end), room);
        fine -= from;
        end -= from;
        first = 0;
    }

    private void move(int from, int to, int count) {
        System.arraycopy(panes, WIDTH * from, panes, WIDTH * to, WIDTH * count);
        if (others != null) {
            System.arraycopy(others, from, others, to, count);
        }
    }

    /** Says false where not all could be added up: histogram layouts too many. */
    boolean addTo(Aggregate total, long startMillis, long endMillis) {
        var all = true;
        for (int i = end - 1; i >= first && start(i) >= startMillis; i--) {
            if (start(i) < endMillis) {
                total.addCounted(counted(i));
                all &= others == null || others[i] == null || total.add(others[i]);
            }
        }
        return all;
    }

    /** What one pane holds. */
    interface Visitor {
        /** @param other what there was besides what was counted; null for nothing */
        void pane(long startMillis, double counted, Aggregate other);
    }

    /** All panes that begin in this time. */
    void each(long startMillis, long endMillis, Visitor visitor) {
        for (int i = end - 1; i >= first && start(i) >= startMillis; i--) {
            if (start(i) < endMillis) {
                visitor.pane(start(i), counted(i), others == null ? null : others[i]);
            }
        }
    }

    /**
     * Forgets panes that end at or before {@code keepFrom}, and merges neighbours before {@code fineFrom} that lie in one segment.
     *
     * @param again whether segments have grown together since the last time, so that coarse panes may be merged as well
     */
    void tidy(long keepFrom, long fineFrom, LongUnaryOperator segment, boolean again, Budget budget) {
        var before = cells;
        while (first < end && end(first) <= keepFrom) {
            forgetFirst();
        }
        fine = again ? first : Math.max(first, fine);
        merge(fineFrom, segment);
        if (4 * WIDTH * (end - first) < panes.length && panes.length > WIDTH * FIRST_ROOM) {
            resize(Math.max(FIRST_ROOM, 2 * (end - first)));
        }
        budget.give(before - cells);
    }

    private void forgetFirst() {
        cells -= PANE_CELLS;
        if (others != null && others[first] != null) {
            cells -= others[first].cells();
            others[first] = null;
        }
        first++;
    }

    private void merge(long fineFrom, LongUnaryOperator segment) {
        var next = fine;
        while (next < end && end(next) <= fineFrom) {
            if (fine == first
                    || segment.applyAsLong(start(fine - 1)) != segment.applyAsLong(start(next))
                    || !merge(fine - 1, next)) {
                move(next, fine, 1);
                fine++;
            }
            next++;
        }
        if (next > fine) {
            // the coarse ones are few: it is they that close up
            move(first, first + next - fine, fine - first);
            if (others != null) {
                Arrays.fill(others, first, first + next - fine, null);
            }
            first += next - fine;
            fine = next;
        }
    }

    /** Says false, and changes nothing, where the two have too many histogram layouts. */
    private boolean merge(int into, int from) {
        var other = others == null ? null : others[from];
        if (other != null && others[into] != null) {
            var before = others[into].cells();
            if (!others[into].add(other)) {
                return false;
            }
            cells += others[into].cells() - before - other.cells();
        } else if (other != null) {
            others[into] = other;
        }
        count(into, counted(from));
        panes[WIDTH * into + 1] = end(from);
        cells -= PANE_CELLS;
        return true;
    }

    boolean isEmpty() {
        return first == end;
    }

    int paneCount() {
        return end - first;
    }

    long cells() {
        return cells;
    }
}
