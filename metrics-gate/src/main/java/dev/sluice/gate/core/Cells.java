package dev.sluice.gate.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** What the events in a window come to by cell of a query's grid, selector and side; and how far a fold has gone through them. */
final class Cells {
    private final Grid grid;
    private final long startMillis;
    private final int slots;
    private final List<CellSums> cells = new ArrayList<>();
    private final List<Object> states = new ArrayList<>();
    private Object start;
    /** Those before are as they were when the fold went through them. */
    private int unchanged;

    Cells(Grid grid, long startMillis, int slots) {
        this.grid = grid;
        this.startMillis = startMillis;
        this.slots = slots;
    }

    /** From the panes, for one look. */
    static Cells read(CompiledQuery query, Window window, TargetWindows windows) {
        var cells = new Cells(query.reach().grid(), window.startMillis(), query.slots());
        for (var series : windows.all()) {
            var slots = new ArrayList<Integer>();
            query.slotsOf(series.key(), windows.analyses().variants(), slots);
            for (var part : query.unsettled().settledIn(window)) {
                for (var slot : slots) {
                    series.each(
                            part.startMillis(),
                            part.endMillis(),
                            (millis, counted, other) ->
                                    cells.add(slot - query.firstSlot(), millis, counted, other, grown -> {}));
                }
            }
        }
        return cells;
    }

    /** @param charge gets the memory it takes */
    void add(int slot, Sample sample, IntConsumer charge) {
        at(sample.millis(), charge).add(slot, sample, charge);
    }

    /** @param other what a pane holds besides; null for nothing */
    void add(int slot, long millis, double counted, Aggregate other, IntConsumer charge) {
        at(millis, charge).add(slot, counted, other, charge);
    }

    private CellSums at(long millis, IntConsumer charge) {
        var cell = grid.cell(millis - startMillis);
        while (cells.size() <= cell) {
            cells.add(new CellSums(slots));
            charge.accept(slots + Series.CELLS);
        }
        unchanged = Math.min(unchanged, cell);
        return cells.get(cell);
    }

    /** Of the run before, whose window began where this one's does. */
    void takeInstances(Cells other, IntConsumer charge) {
        for (int cell = 0; cell < Math.min(cells.size(), other.cells.size()); cell++) {
            cells.get(cell).takeInstances(other.cells.get(cell), charge);
        }
        unchanged = 0;
    }

    @SuppressWarnings("unchecked")
    <S> S folded(Fold<S> fold, CompiledQuery query, TargetWindows windows) {
        for (int cell = unchanged; cell < cells.size(); cell++) {
            var before = cell == 0 ? (S) start(fold) : (S) states.get(cell - 1);
            var after = fold.after(
                    before, view(cell, Side.CANARY, query, windows), view(cell, Side.STABLE, query, windows));
            if (cell < states.size()) {
                states.set(cell, after);
            } else {
                states.add(after);
            }
        }
        unchanged = cells.size();
        return unchanged == 0 ? (S) start(fold) : (S) states.get(unchanged - 1);
    }

    /** Found out once: it may have been worked out of what was before the window. */
    private Object start(Fold<?> fold) {
        if (start == null) {
            start = fold.start();
        }
        return start;
    }

    private View view(int cell, Side side, CompiledQuery query, TargetWindows windows) {
        var window = new Window(
                startMillis + grid.startMillis(cell),
                startMillis + grid.startMillis(cell + 1),
                cell < cells.size() - 1);
        return new CellView(cells.get(cell), side, window, query, windows);
    }
}
