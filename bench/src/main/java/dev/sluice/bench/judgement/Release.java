package dev.sluice.bench.judgement;

import dev.sluice.gate.statistics.Cell;
import dev.sluice.gate.statistics.Counts;
import dev.sluice.gate.statistics.Grid;
import java.util.LinkedHashMap;
import java.util.Map;

/** One release: error by error, with the requests between them, until all who watch have decided or the horizon is reached. */
final class Release {
    private static final Grid GRID = new Grid(0);

    private final Regime regime;
    private final Chance chance;
    private final Watcher watcher;
    private int cell;
    private double minute = 60;
    private Counts canary = Counts.NONE;
    private Counts stable = Counts.NONE;
    private Map<String, Counts> pods = new LinkedHashMap<>();

    private Release(Regime regime, long seed, Watcher watcher) {
        this.regime = regime;
        this.chance = new Chance(seed);
        this.watcher = watcher;
    }

    /** What sees the events of a release. */
    interface Watcher {
        /** A cell is over. */
        void over(Cell cell, Map<String, Counts> pods);

        /** A minute is over; the canary did so much in the cell until now. */
        void minute(double seconds, Counts canary);

        /** An error of one of the sides, with which the cell ends until now; so do the canary's pods. */
        void error(double seconds, boolean isCanary, Cell cell, Map<String, Counts> pods);

        boolean isDone();
    }

    static void watch(Regime regime, long seed, Watcher watcher) {
        new Release(regime, seed, watcher).run();
    }

    private void run() {
        double now = 0;
        while (!watcher.isDone()) {
            var canaryErrors = regime.canary() * Regime.ERROR_RATE * ratio(now) * podFactor();
            var stableErrors = regime.stable() * Regime.ERROR_RATE;
            var perSecond = canaryErrors + stableErrors;
            var next = now + chance.wait(regime.bunch() ? perSecond / 1.5 : perSecond);
            if (now < regime.badAfterSeconds() && next >= regime.badAfterSeconds()) {
                now = passTo(now, regime.badAfterSeconds());
                continue;
            }
            now = passTo(now, Math.min(next, regime.end()));
            if (next >= regime.end()) {
                return;
            }
            error(now, chance.happens(canaryErrors / perSecond));
        }
    }

    private double ratio(double now) {
        return now >= regime.badAfterSeconds() ? regime.ratio() : 1;
    }

    private double podFactor() {
        return regime.knowsPods() ? (Regime.PODS - 1 + regime.firstPod()) / Regime.PODS : 1;
    }

    /** Requests arrive; cells and minutes end. */
    private double passTo(double from, double to) {
        var now = from;
        while (Math.min(endOfCell(), minute) <= to) {
            var end = Math.max(now, Math.min(endOfCell(), minute));
            requests(end - now);
            now = end;
            if (minute <= now) {
                watcher.minute(minute, canary);
                minute += 60;
            }
            if (endOfCell() <= now) {
                endCell();
            }
        }
        requests(to - now);
        return to;
    }

    private double endOfCell() {
        return GRID.endOf(cell) / 1000.0;
    }

    private void endCell() {
        watcher.over(new Cell(cell, canary, stable), pods);
        canary = Counts.NONE;
        stable = Counts.NONE;
        pods = new LinkedHashMap<>();
        cell++;
    }

    private void requests(double seconds) {
        var ofCanary = chance.poisson(regime.canary() * seconds);
        canary = canary.plus(new Counts(ofCanary, 0));
        stable = stable.plus(new Counts(chance.poisson(regime.stable() * seconds), 0));
        if (regime.knowsPods()) {
            for (int pod = 0; pod < Regime.PODS; pod++) {
                pods.merge("pod-" + pod, new Counts(ofCanary / Regime.PODS, 0), Counts::plus);
            }
        }
    }

    private void error(double now, boolean isCanary) {
        var errors = new Counts(0, regime.bunch() ? chance.bunch() : 1);
        if (isCanary) {
            canary = canary.plus(errors);
            if (regime.knowsPods()) {
                pods.merge("pod-" + pod(), errors, Counts::plus);
            }
        } else {
            stable = stable.plus(errors);
        }
        watcher.error(now, isCanary, new Cell(cell, canary, stable), pods);
    }

    private int pod() {
        var isFirst = chance.happens(regime.firstPod() / (Regime.PODS - 1 + regime.firstPod()));
        return isFirst ? 0 : 1 + chance.below(Regime.PODS - 1);
    }
}
