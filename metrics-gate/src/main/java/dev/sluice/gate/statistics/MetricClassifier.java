package dev.sluice.gate.statistics;

import dev.sluice.gate.statistics.Classified.Label;
import dev.sluice.gate.statistics.MannWhitney.Shift;
import dev.sluice.gate.statistics.MetricRules.Direction;
import dev.sluice.gate.statistics.MetricRules.Measure;
import dev.sluice.gate.statistics.MetricRules.Nan;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * A metric's label by Kayenta's rules (NetflixACAJudge-v1.0 with its MannWhitneyClassifier): high or low is what is shifted by more than a
 * share of the estimate (a quarter) with some confidence (98 %), in a direction that is bad, by an effect that is large enough.
 *
 * <p>Where each side has one value only, all ranks are tied, and Kayenta adds Gaussian noise of a hundred-thousandth of the value. Here the
 * noise is the quantiles of that distribution, the same for the same data.
 */
public final class MetricClassifier {
    private static final double NOISE = 1e-5;

    private MetricClassifier() {}

    /** Of values in any order, NaN among them. */
    public static Classified classify(double[] canaryValues, double[] stableValues, MetricRules rules) {
        var canary = cleaned(canaryValues, rules);
        var stable = cleaned(stableValues, rules);
        if (canary.length == 0 || stable.length == 0) {
            return withoutData(rules);
        }
        if (Arrays.equals(sorted(canary), sorted(stable)) || distinct(canary, stable) == 1) {
            return Classified.without(Label.PASS, false);
        }
        try {
            var isTied = distinct(canary) == 1 && distinct(stable) == 1;
            return isTied ? compared(withNoise(canary), withNoise(stable), rules) : compared(canary, stable, rules);
        } catch (IllegalArgumentException e) {
            return Classified.without(Label.ERROR, false);
        }
    }

    private static Classified withoutData(MetricRules rules) {
        if (rules.nan() == Nan.REPLACE) {
            return Classified.without(Label.PASS, false);
        }
        return rules.mustHaveData() && !rules.isCritical()
                ? Classified.without(Label.NODATA_FAIL_METRIC, false)
                : Classified.without(Label.NODATA, rules.isCritical());
    }

    private static Classified compared(double[] canary, double[] stable, MetricRules rules) {
        var shift = MannWhitney.shift(canary, stable, rules.confidence());
        var effect = rules.effectSize();
        var ratio = meanRatio(canary, stable);
        var size = effect.measure() == Measure.CLES ? MannWhitney.superiority(canary, stable) : ratio;
        if (isHigh(shift, rules) && !(size < effect.allowedIncrease())) {
            return new Classified(
                    Label.HIGH, rules.isCritical() && !(size < effect.criticalIncrease()), ratio, size, shift);
        }
        if (isLow(shift, rules) && !(size > effect.allowedDecrease())) {
            return new Classified(
                    Label.LOW, rules.isCritical() && !(size > effect.criticalDecrease()), ratio, size, shift);
        }
        return new Classified(Label.PASS, false, ratio, size, shift);
    }

    private static boolean isHigh(Shift shift, MetricRules rules) {
        return rules.direction() != Direction.DECREASE
                && shift.lower() > rules.tolerance() * Math.abs(shift.estimate());
    }

    private static boolean isLow(Shift shift, MetricRules rules) {
        return rules.direction() != Direction.INCREASE
                && shift.upper() < -rules.tolerance() * Math.abs(shift.estimate());
    }

    private static double meanRatio(double[] canary, double[] stable) {
        var canaryMean = mean(canary);
        var stableMean = mean(stable);
        return canaryMean == 0 || stableMean == 0 ? Double.NaN : canaryMean / stableMean;
    }

    /** In two passes, as Commons Math takes it, whose second one corrects the rounding of the first. */
    private static double mean(double[] values) {
        double sum = 0;
        for (var value : values) {
            sum += value;
        }
        var first = sum / values.length;
        double rest = 0;
        for (var value : values) {
            rest += value - first;
        }
        return first + rest / values.length;
    }

    private static double[] cleaned(double[] values, MetricRules rules) {
        var stream = Arrays.stream(values);
        var known = rules.nan() == Nan.REPLACE
                ? stream.map(value -> Double.isNaN(value) ? 0 : value)
                : stream.filter(value -> !Double.isNaN(value));
        return Double.isInfinite(rules.outlierFactor())
                ? known.toArray()
                : withoutOutliers(known.toArray(), rules.outlierFactor());
    }

    private static double[] withoutOutliers(double[] values, double factor) {
        if (values.length == 0) {
            return values;
        }
        var sorted = sorted(values);
        var range = factor * (percentile(sorted, 0.75) - percentile(sorted, 0.25));
        var low = Math.min(percentile(sorted, 0.01), percentile(sorted, 0.25) - range);
        var high = Math.max(percentile(sorted, 0.99), percentile(sorted, 0.75) + range);
        return Arrays.stream(values)
                .filter(value -> value >= low && value <= high)
                .toArray();
    }

    /** Linear between the two nearest values (R's type 7). */
    private static double percentile(double[] sorted, double p) {
        var position = p * (sorted.length - 1);
        var index = (int) position;
        var next = Math.min(index + 1, sorted.length - 1);
        return sorted[index] + (position - index) * (sorted[next] - sorted[index]);
    }

    private static double[] withNoise(double[] values) {
        var noisy = values.clone();
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] += values[i] * NOISE * Normal.quantile((i + 0.5) / noisy.length);
        }
        return noisy;
    }

    private static double[] sorted(double[] values) {
        return Arrays.stream(values).sorted().toArray();
    }

    private static long distinct(double[]... sides) {
        return Arrays.stream(sides).flatMapToDouble(DoubleStream::of).distinct().count();
    }
}
