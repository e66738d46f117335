package dev.sluice.gate.statistics;

import dev.sluice.gate.statistics.Classified.Label;
import dev.sluice.gate.statistics.MetricRules.Direction;
import dev.sluice.gate.statistics.MetricRules.Measure;
import dev.sluice.gate.statistics.MetricRules.Nan;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;

/** Kayenta's rules once more, written down from their publication: which labels data may get, with the interval of {@link Inverted}. */
final class ByTheRules {
    private static final double Z = 2.3263478740408408;

    private ByTheRules() {}

    /** One label; two where a bound lies on a step of the ranks, so that the rules leave open which. */
    static Set<Label> labels(double[] canaryValues, double[] stableValues, MetricRules rules) {
        var canary = prepared(canaryValues, rules);
        var stable = prepared(stableValues, rules);
        if (canary.isEmpty() || stable.isEmpty()) {
            if (rules.nan() == Nan.REPLACE) {
                return EnumSet.of(Label.PASS);
            }
            return EnumSet.of(rules.mustHaveData() && !rules.isCritical() ? Label.NODATA_FAIL_METRIC : Label.NODATA);
        }
        if (canary.stream().sorted().toList().equals(stable.stream().sorted().toList())) {
            return EnumSet.of(Label.PASS);
        }
        var x = canary.stream().mapToDouble(v -> v).toArray();
        var y = stable.stream().mapToDouble(v -> v).toArray();
        var inverted = new Inverted(x, y);
        var lower = inverted.bound(Z);
        var upper = inverted.bound(-Z);
        var estimate = inverted.crossing(0);
        var labels = EnumSet.noneOf(Label.class);
        for (var l : new double[] {lower.from() - 1e-4, lower.to() + 1e-4}) {
            for (var u : new double[] {upper.from() - 1e-4, upper.to() + 1e-4}) {
                for (var e : new double[] {estimate.from() - 1e-4, estimate.to() + 1e-4}) {
                    labels.add(label(l, u, 0.25 * Math.abs(e), effect(x, y, rules), rules));
                }
            }
        }
        return labels;
    }

    private static Label label(double lower, double upper, double allowed, double effect, MetricRules rules) {
        var sizes = rules.effectSize();
        var looksUp = rules.direction() == Direction.INCREASE || rules.direction() == Direction.EITHER;
        var looksDown = rules.direction() == Direction.DECREASE || rules.direction() == Direction.EITHER;
        if (looksUp && lower > allowed && (Double.isNaN(effect) || effect >= sizes.allowedIncrease())) {
            return Label.HIGH;
        }
        if (looksDown && upper < -allowed && (Double.isNaN(effect) || effect <= sizes.allowedDecrease())) {
            return Label.LOW;
        }
        return Label.PASS;
    }

    static double effect(double[] x, double[] y, MetricRules rules) {
        if (rules.effectSize().measure() == Measure.CLES) {
            double larger = 0;
            for (var a : x) {
                for (var b : y) {
                    larger += a > b ? 2 : a == b ? 1 : 0;
                }
            }
            return larger / (2.0 * x.length * y.length);
        }
        var meanX = DoubleStream.of(x).average().orElseThrow();
        var meanY = DoubleStream.of(y).average().orElseThrow();
        return meanX == 0 || meanY == 0 ? Double.NaN : meanX / meanY;
    }

    static List<Double> prepared(double[] values, MetricRules rules) {
        var known = Arrays.stream(values)
                .boxed()
                .filter(v -> !v.isNaN() || rules.nan() == Nan.REPLACE)
                .map(v -> v.isNaN() ? 0.0 : v)
                .toList();
        if (Double.isInfinite(rules.outlierFactor()) || known.isEmpty()) {
            return known;
        }
        var spread = rules.outlierFactor() * (percentile(known, 75) - percentile(known, 25));
        return known.stream()
                .filter(v -> !(v > percentile(known, 75) + spread && v > percentile(known, 99)))
                .filter(v -> !(v < percentile(known, 25) - spread && v < percentile(known, 1)))
                .toList();
    }

    private static double percentile(List<Double> values, double percent) {
        var sorted = values.stream().sorted().toList();
        var h = percent / 100 * (sorted.size() - 1);
        var floor = sorted.get((int) Math.floor(h));
        var ceiling = sorted.get((int) Math.ceil(h));
        return floor + (h - Math.floor(h)) * (ceiling - floor);
    }
}
