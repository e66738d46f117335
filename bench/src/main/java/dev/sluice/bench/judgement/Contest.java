package dev.sluice.bench.judgement;

import dev.sluice.gate.statistics.Cell;
import dev.sluice.gate.statistics.Counts;
import dev.sluice.gate.statistics.Dispersion;
import dev.sluice.gate.statistics.InstancesState;
import dev.sluice.gate.statistics.RateRatioTest;
import dev.sluice.gate.statistics.SequentialState;
import java.util.Map;

/**
 * Who stops a release when: the gate's test, looked at with every error of the canary; the likelihood ratio test that knows what changes
 * and when (Wald's SPRT); and a limit of 1 % looked at each minute.
 */
final class Contest implements Release.Watcher {
    static final double ALPHA = 0.01;
    private static final double LAX = 0.1;
    private static final double LIMIT = 0.01;

    private final Regime regime;
    private final boolean withBound;
    private SequentialState state;
    private InstancesState instances;
    private double likelihood;
    private Counts before = Counts.NONE;
    private Counts atMinute = Counts.NONE;

    /** Seconds from the start; infinite for not at all. */
    double test = Double.POSITIVE_INFINITY;

    /** By the test with a laxer level for what is left without the worst pod. */
    double lax = Double.POSITIVE_INFINITY;

    double sprt = Double.POSITIVE_INFINITY;
    double threshold = Double.POSITIVE_INFINITY;

    private Contest(Regime regime, Dispersion known, boolean withBound) {
        this.regime = regime;
        this.withBound = withBound;
        this.state = RateRatioTest.worse(0).start(known);
        this.instances = InstancesState.start(state);
    }

    /** @param withHistory whether the stable side's ten minutes before the release tell how errors come */
    static Contest held(Regime regime, long seed, boolean withHistory) {
        var known = withHistory ? history(regime, new Chance(-seed - 1)) : Dispersion.UNKNOWN;
        var contest = new Contest(regime, known, regime.ratio() > 1);
        Release.watch(regime, seed, contest);
        return contest;
    }

    private static Dispersion history(Regime regime, Chance chance) {
        var known = Dispersion.UNKNOWN;
        for (int second = 0; second < 600; second++) {
            var bunches = chance.poisson(regime.requestsPerSecond() * Regime.ERROR_RATE / (regime.bunch() ? 1.5 : 1));
            double errors = 0;
            for (int i = 0; i < bunches; i++) {
                errors += regime.bunch() ? chance.bunch() : 1;
            }
            known = known.after(new Counts(chance.poisson(regime.requestsPerSecond()), errors));
        }
        return known;
    }

    @Override
    public void over(Cell cell, Map<String, Counts> pods) {
        state = state.after(cell);
        if (regime.knowsPods()) {
            instances = instances.after(cell, pods);
        }
        before = before.plus(cell.canary());
    }

    @Override
    public void error(double seconds, boolean isCanary, Cell cell, Map<String, Counts> pods) {
        if (isCanary && !isStopped()) {
            test(seconds, cell, pods);
        }
        if (withBound && seconds >= regime.badAfterSeconds()) {
            likelihood(seconds, isCanary);
        }
    }

    private void test(double seconds, Cell cell, Map<String, Counts> pods) {
        if (!regime.knowsPods()) {
            test = state.after(cell).isRejected(ALPHA) ? seconds : test;
            return;
        }
        var now = instances.after(cell, pods);
        test = now.isRejected(ALPHA) ? Math.min(test, seconds) : test;
        lax = now.isRejected(ALPHA, LAX) ? Math.min(lax, seconds) : lax;
    }

    private boolean isStopped() {
        return test < Double.POSITIVE_INFINITY;
    }

    private void likelihood(double seconds, boolean isCanary) {
        var s = regime.share();
        var theta = regime.ratio() * s / (regime.ratio() * s + 1 - s);
        likelihood += Math.log(isCanary ? theta / s : (1 - theta) / (1 - s));
        if (sprt == Double.POSITIVE_INFINITY && likelihood >= -Math.log(ALPHA)) {
            sprt = seconds;
        }
    }

    @Override
    public void minute(double seconds, Counts canary) {
        var now = before.plus(canary);
        var errors = now.errors() - atMinute.errors();
        if (errors > LIMIT * (now.requests() - atMinute.requests()) && threshold == Double.POSITIVE_INFINITY) {
            threshold = seconds;
        }
        atMinute = now;
    }

    @Override
    public boolean isDone() {
        return isStopped() && threshold < Double.POSITIVE_INFINITY && (!withBound || sprt < Double.POSITIVE_INFINITY);
    }
}
