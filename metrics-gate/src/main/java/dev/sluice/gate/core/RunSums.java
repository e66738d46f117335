package dev.sluice.gate.core;

import java.util.Arrays;

/**
 * What the events in one run's window come to, by selector and side. Read from the panes once; from then on every event is added
 * as it comes in, so that judging costs the same however much the window holds.
 */
final class RunSums {
    private final long startMillis;
    private long endMillis;
    private final Aggregate[] bySlot;
    private final boolean[] torn;
    private final TargetWindows windows;
    private long charged;
    private boolean isSpoilt;
    /** Which query each slot is of; null where all look at the whole window, and at it as a whole. */
    private final CompiledQuery[] queryBySlot;
    /** By query: from when on it looks … */
    private final long[] since;
    /** … and its cells; null for none. */
    private final Cells[] cells;
    /** By query, of the window that was judged last: usually the next to be judged. */
    private final QueryEvidence[] evidence;

    private Window window;

    RunSums(Window window, int slots, OpenAnalysis analysis, TargetWindows windows) {
        var queries = analysis.queries();
        this.startMillis = window.startMillis();
        this.endMillis = startMillis;
        this.bySlot = new Aggregate[slots];
        this.torn = new boolean[slots];
        this.windows = windows;
        this.evidence = new QueryEvidence[queries.size()];
        var isPlain = queries.stream()
                .allMatch(query -> !query.reach().folds()
                        && query.initialDelayMillis() == 0
                        && query.unsettled().isNone());
        this.queryBySlot = isPlain ? null : new CompiledQuery[slots];
        this.since = isPlain ? null : new long[queries.size()];
        this.cells = isPlain ? null : new Cells[queries.size()];
        if (!isPlain) {
            queries.forEach(
                    query -> begin(query, analysis.windowOf(query, window).startMillis()));
        }
    }

    private void begin(CompiledQuery query, long from) {
        var grid = query.reach().grid();
        since[query.number()] = from;
        cells[query.number()] = !query.reach().folds() ? null : new Cells(grid, from, query.slots());
        Arrays.fill(queryBySlot, query.firstSlot(), query.firstSlot() + query.slots(), query);
    }

    /** Whether all queries look at the whole window, and at it as a whole. */
    boolean isPlain() {
        return queryBySlot == null;
    }

    /** Of the query's own window, which ends with that one. */
    QueryEvidence evidence(CompiledQuery query, Window of, Window own, Run run) {
        if (!of.equals(window)) {
            Arrays.fill(evidence, null);
            window = of;
        }
        if (evidence[query.number()] == null) {
            evidence[query.number()] = new QueryEvidence(query, windows, own, this, run);
        }
        return evidence[query.number()];
    }

    /** Takes over what panes don't say of cells that another run's sums have as well. */
    void takeInstances(RunSums other) {
        for (int query = 0; !isPlain() && query < cells.length; query++) {
            if (cells[query] != null && other.cells[query] != null && since[query] == other.since[query]) {
                cells[query].takeInstances(other.cells[query], this::charge);
            }
        }
    }

    /** Null where the query has no grid. */
    Cells cellsOf(CompiledQuery query) {
        return isPlain() ? null : cells[query.number()];
    }

    long endMillis() {
        return endMillis;
    }

    boolean covers(long millis) {
        return millis >= startMillis && millis < endMillis;
    }

    /** There was no room: the sums are of no use any more. */
    boolean isSpoilt() {
        return isSpoilt;
    }

    /** From now on the series adds to these sums. */
    void hear(Series series, int[] slots) {
        var into = new Aggregate[slots.length];
        for (int i = 0; i < slots.length; i++) {
            if (bySlot[slots[i]] == null) {
                bySlot[slots[i]] = new Aggregate();
                charge(Aggregate.EMPTY_CELLS);
            }
            into[i] = bySlot[slots[i]];
        }
        series.adds(new Tap(this, slots, into));
    }

    /** Where {@link #isPlain} says no. */
    void addByQuery(int slot, Aggregate into, Sample sample) {
        var query = queryBySlot[slot];
        if (sample.millis() < since[query.number()] || query.unsettled().holds(sample.millis())) {
            return;
        }
        if (sample.isCount()) {
            into.addCounted(sample.number());
        } else {
            add(slot, into, sample);
        }
        if (cells[query.number()] != null) {
            cells[query.number()].add(slot - query.firstSlot(), sample, this::charge);
        }
    }

    void add(int slot, Aggregate into, Sample sample) {
        var before = into.cells();
        torn[slot] |= !into.add(sample);
        charge(into.cells() - before);
    }

    void read(int slot, Aggregate into, Series series, long start, long to) {
        if (isPlain()) {
            readAll(slot, into, series, start, to);
            return;
        }
        var query = queryBySlot[slot];
        var from = Math.max(start, since[query.number()]);
        for (var part : query.unsettled().settledIn(new Window(from, to, false))) {
            readAll(slot, into, series, part.startMillis(), part.endMillis());
        }
    }

    private void readAll(int slot, Aggregate into, Series series, long from, long to) {
        var query = isPlain() ? null : queryBySlot[slot];
        var before = into.cells();
        torn[slot] |= !series.addTo(into, from, to);
        charge(into.cells() - before);
        var kept = query == null ? null : cells[query.number()];
        if (kept != null) {
            series.each(
                    from,
                    to,
                    (millis, counted, other) ->
                            kept.add(slot - query.firstSlot(), millis, counted, other, this::charge));
        }
    }

    /** Takes in what the panes hold from its end up to there. */
    void readTo(long millis) {
        for (var series : windows.all()) {
            series.readInto(this, endMillis, millis);
        }
        endMillis = millis;
    }

    private void charge(int cells) {
        if (windows.budget().take(cells, false)) {
            charged += cells;
        } else {
            isSpoilt = true;
        }
    }

    /** Null where no event of any series was in the window. */
    Aggregate total(int slot) {
        return bySlot[slot] == null || bySlot[slot].events() == 0 ? null : bySlot[slot];
    }

    /** Whether histogram layouts were too many to add up. */
    boolean isTorn(int slot) {
        return torn[slot];
    }

    void release() {
        windows.budget().give(charged);
        charged = 0;
        windows.all().forEach(series -> series.addsNoMore(this));
    }
}
