package dev.sluice.gate.core;

import dev.sluice.gate.core.CompiledQuery.Sides;
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
    /** By query, of the window that was judged last: usually the next to be judged. */
    private final Sides[] sides;

    private Window window;

    RunSums(long startMillis, int slots, int queries, TargetWindows windows) {
        this.startMillis = startMillis;
        this.endMillis = startMillis;
        this.bySlot = new Aggregate[slots];
        this.torn = new boolean[slots];
        this.windows = windows;
        this.sides = new Sides[queries];
    }

    /** @param judge makes them where they are others than the last time */
    Sides sides(CompiledQuery query, Window of, RunJudge judge) {
        if (!of.equals(window)) {
            Arrays.fill(sides, null);
            window = of;
        }
        if (sides[query.number()] == null) {
            sides[query.number()] = judge.sides(query, of, this);
        }
        return sides[query.number()];
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

    void add(int slot, Aggregate into, Sample sample) {
        var before = into.cells();
        torn[slot] |= !into.add(sample);
        charge(into.cells() - before);
    }

    void read(int slot, Aggregate into, Series series, long from, long to) {
        var before = into.cells();
        torn[slot] |= !series.addTo(into, from, to);
        charge(into.cells() - before);
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
