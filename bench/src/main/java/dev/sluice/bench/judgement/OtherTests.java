package dev.sluice.bench.judgement;

import dev.sluice.bench.Aim;
import dev.sluice.bench.Row;
import dev.sluice.gate.statistics.Cell;
import dev.sluice.gate.statistics.Counts;
import dev.sluice.gate.statistics.NonInferiority;
import dev.sluice.gate.statistics.Novelty;
import dev.sluice.gate.statistics.Novelty.Sighting;
import dev.sluice.gate.statistics.RateRatioTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/** The error rates of {@code non-inferior} and {@code novel}. */
record OtherTests(int releases) {
    private static final double ALPHA = 0.05;
    private static final double MARGIN = Regime.ERROR_RATE;
    private static final int MINUTES = 30;
    private static final int KINDS = 200;

    List<Row> rows() {
        var rows = new ArrayList<Row>();
        for (var requestsPerSecond : new double[] {50, 500}) {
            var regime = Regime.good(requestsPerSecond, 0.1);
            var words = regime.words() + ", non-inferior by 0.3 points: ";
            rows.add(row(words + "inferior passed at the end", 5, percent(seed -> passes(regime, seed, 2, false))));
            rows.add(row(words + "inferior passed at any minute", 5, percent(seed -> passes(regime, seed, 2, true))));
            rows.add(row(
                    words + "inferior passed at any minute, always-valid",
                    5,
                    percent(seed -> passesAlways(regime, seed, 2))));
            rows.add(told(words + "good passed at the end", percent(seed -> passes(regime, seed, 1, false))));
            rows.add(told(
                    words + "good passed at any minute, always-valid", percent(seed -> passesAlways(regime, seed, 1))));
        }
        for (var share : new double[] {0.01, 0.1, 0.5}) {
            var words = String.format(Locale.ROOT, "novel, %.0f %%: ", share * 100);
            rows.add(row(words + "good releases stopped", 100 * Contest.ALPHA, percent(seed -> isNovel(share, seed))));
            rows.add(Row.alone(
                    "judgement",
                    words + "sightings that a first new value needs",
                    Novelty.sightingsNeeded(1, share, 1, Contest.ALPHA),
                    "",
                    null));
        }
        return rows;
    }

    private static Row row(String words, double limit, double percent) {
        return Row.alone("judgement", words, percent, "%", new Aim.AtMost(limit, "%"));
    }

    private static Row told(String words, double percent) {
        return Row.alone("judgement", words, percent, "%", null);
    }

    private double percent(LongPredicate happens) {
        return 100.0 * LongStream.range(0, releases).parallel().filter(happens).count() / releases;
    }

    private static boolean passes(Regime regime, long seed, double ratio, boolean atAnyMinute) {
        var chance = new Chance(seed);
        var canary = Counts.NONE;
        var stable = Counts.NONE;
        for (int minute = 1; minute <= MINUTES; minute++) {
            canary = canary.plus(minute(chance, regime.canary(), ratio));
            stable = stable.plus(minute(chance, regime.stable(), 1));
            if ((atAnyMinute || minute == MINUTES)
                    && NonInferiority.ofShares(canary, stable, ALPHA).isBelow(MARGIN)) {
                return true;
            }
        }
        return false;
    }

    /** A margin of one error rate is a ratio of two. */
    private static boolean passesAlways(Regime regime, long seed, double ratio) {
        var chance = new Chance(seed);
        var state = RateRatioTest.within(2).start();
        for (int minute = 0; minute < MINUTES; minute++) {
            var canary = minute(chance, regime.canary(), ratio);
            state = state.after(new Cell(minute, canary, minute(chance, regime.stable(), 1)));
            if (state.isRejected(ALPHA)) {
                return true;
            }
        }
        return false;
    }

    private static Counts minute(Chance chance, double perSecond, double ratio) {
        return new Counts(Math.rint(60 * perSecond), chance.poisson(60 * perSecond * Regime.ERROR_RATE * ratio));
    }

    /** A thousand errors of frequent and rare kinds, a tenth of them of a kind of its own each; looked at with each. */
    private static boolean isNovel(double share, long seed) {
        var chance = new Chance(seed);
        var seen = new LinkedHashMap<String, Sighting>();
        for (int i = 0; i < 1000; i++) {
            var value = chance.happens(0.1) ? "once " + i : "kind " + (int) Math.pow(KINDS, chance.uniform());
            var isCanary = chance.happens(share);
            var before = seen.getOrDefault(value, new Sighting(value, 0, 0, false));
            var now = new Sighting(
                    value, before.canary() + (isCanary ? 1 : 0), before.stable() + (isCanary ? 0 : 1), false);
            seen.put(value, now);
            if (isCanary
                    && now.stable() == 0
                    && Novelty.find(new ArrayList<>(seen.values()), share, 1 - share, 1, Contest.ALPHA)
                            .isPresent()) {
                return true;
            }
        }
        return false;
    }
}
