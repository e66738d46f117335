package dev.sluice.bench.judgement;

import dev.sluice.bench.Aim;
import dev.sluice.bench.Bench;
import dev.sluice.bench.BenchSettings;
import dev.sluice.bench.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** How honest the gate's tests are on good releases, and how soon they find bad ones, by simulation. Nothing is started. */
public final class JudgementBench implements Bench {
    private static final double[] REQUESTS_PER_SECOND = {5, 50, 500, 5000};
    private static final double[] SHARES = {0.01, 0.05, 0.1, 0.5};
    private static final double[] RATIOS = {2, 3, 10};
    private static final double SHARE_OF_VARIANTS = 0.1;
    private static final double BAD_POD = 10;
    private static final double AS_SOON_AS_THE_BEST = 1.25;
    private static final double AS_SOON_AS_FRESH = 1.5;
    private static final Aim FALSE_ABORTS = new Aim.AtMost(100 * Contest.ALPHA, "%");

    @Override
    public String name() {
        return "judgement";
    }

    /** Rollouts are good releases in each regime, samples are bad ones. */
    @Override
    public BenchSettings.Defaults defaults() {
        return new BenchSettings.Defaults(500, 1, 300);
    }

    @Override
    public List<Row> run(BenchSettings settings, Consumer<String> say) {
        say.accept("%d good and %d bad releases in each regime; base error rate 0.3 %%, half an hour each."
                .formatted(settings.rollouts(), settings.samples()));
        var rows = new ArrayList<Row>();
        for (var requestsPerSecond : REQUESTS_PER_SECOND) {
            for (var share : SHARES) {
                var regime = Regime.good(requestsPerSecond, share);
                rows.addAll(good(regime, settings.rollouts()));
                for (var ratio : RATIOS) {
                    rows.addAll(bad(regime.bad(ratio), settings.samples()));
                }
                say.accept(regime.words());
            }
        }
        for (var requestsPerSecond : REQUESTS_PER_SECOND) {
            var regime = Regime.good(requestsPerSecond, SHARE_OF_VARIANTS);
            rows.addAll(variants(regime, settings));
            say.accept(regime.words() + ", errors in bunches, and with a bad pod");
        }
        rows.addAll(new OtherTests(settings.rollouts()).rows());
        return rows;
    }

    private List<Row> good(Regime regime, int releases) {
        var outcomes = Outcomes.of(regime, releases, false);
        return List.of(
                falseAborts(regime.words() + ": good releases stopped", outcomes.stopped(it -> it.test)),
                falseAborts(
                        regime.words() + ": good releases stopped by 1 % a minute",
                        outcomes.stopped(it -> it.threshold)));
    }

    private Row falseAborts(String words, double percent) {
        return Row.alone(name(), words, percent, "%", FALSE_ABORTS);
    }

    private List<Row> bad(Regime regime, int releases) {
        var words = String.format(Locale.ROOT, "%s, %.0fx", regime.words(), regime.ratio());
        var fresh = Outcomes.of(regime, releases, false);
        var late = Outcomes.of(regime.late(), releases, false);
        var rows = new ArrayList<Row>();
        rows.add(found(words, fresh, "an SPRT that knows the change", fresh.median(it -> it.sprt)));
        rows.add(found(words + " late", late, "a fresh one", fresh.median(it -> it.test)));
        var threshold = fresh.median(it -> it.threshold);
        if (Double.isFinite(threshold)) {
            rows.add(Row.alone(name(), words + ": found by 1 % a minute", threshold, "s", null));
        }
        return rows;
    }

    /** The median time; where half an hour isn't enough for the half, how many were found. */
    private Row found(String words, Outcomes outcomes, String reference, double referenceSeconds) {
        var seconds = outcomes.median(it -> it.test);
        if (Double.isFinite(seconds) && Double.isFinite(referenceSeconds)) {
            var aim = new Aim.AtMostTimes(
                    outcomes.regime().badAfterSeconds() > 0 ? AS_SOON_AS_FRESH : AS_SOON_AS_THE_BEST);
            return Row.of(name(), words + ": found", seconds, "s", new Row.Reference(reference, referenceSeconds), aim);
        }
        var bySprt = outcomes.stopped(it -> it.sprt);
        var who = bySprt < 50 ? ": not found in 30 min, nor by the SPRT" : ": not found in 30 min, but by the SPRT";
        return Row.alone(name(), words + who, outcomes.stopped(it -> it.test), "% found", null);
    }

    private List<Row> variants(Regime regime, BenchSettings settings) {
        var rows = new ArrayList<Row>();
        for (var withHistory : new boolean[] {false, true}) {
            var words = regime.words() + ", in bunches" + (withHistory ? ", history" : "");
            var bunches = Outcomes.of(regime.withBunches(), settings.rollouts(), withHistory);
            rows.add(falseAborts(words + ": good releases stopped", bunches.stopped(it -> it.test)));
            rows.add(alone(words + ", 3x", Outcomes.of(regime.withBunches().bad(3), settings.samples(), withHistory)));
        }
        rows.add(alone(
                regime.words() + ", single errors, history, 3x", Outcomes.of(regime.bad(3), settings.samples(), true)));
        var words = regime.words() + ", five pods";
        var good = Outcomes.of(regime.withPods(BAD_POD), settings.rollouts(), false);
        rows.add(falseAborts(words + ", one 10x: good releases stopped", good.stopped(it -> it.test)));
        rows.add(Row.alone(
                name(), words + ", one 10x: good releases stopped, lax", good.stopped(it -> it.lax), "%", null));
        var bad = Outcomes.of(regime.withPods(1).bad(3), settings.samples(), false);
        rows.add(alone(words + ", 3x", bad));
        rows.add(alone(words + ", 3x: found, lax", bad, it -> it.lax));
        return rows;
    }

    private Row alone(String words, Outcomes outcomes) {
        return alone(words + ": found", outcomes, it -> it.test);
    }

    private Row alone(String words, Outcomes outcomes, ToDoubleFunction<Contest> when) {
        var seconds = outcomes.median(when);
        return Double.isFinite(seconds)
                ? Row.alone(name(), words, seconds, "s", null)
                : Row.alone(name(), words + " in 30 min", outcomes.stopped(when), "% found", null);
    }
}
