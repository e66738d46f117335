package dev.sluice.gate.statistics;

/**
 * How a metric is classified, as Kayenta's NetflixACAJudge lets it be set.
 *
 * @param confidence of the shift's interval
 * @param tolerance how much of the Hodges-Lehmann estimate is let through
 * @param outlierFactor values so many interquartile ranges outside of the quartiles, and outside of the 1st and 99th percentile, are
 *     left out (3 is usual); infinite to keep all
 * @param isCritical a metric that fails brings the score to 0
 * @param mustHaveData no data counts as a failure in the score, if the metric isn't critical
 */
public record MetricRules(
        double confidence,
        double tolerance,
        Direction direction,
        Nan nan,
        double outlierFactor,
        EffectSize effectSize,
        boolean isCritical,
        boolean mustHaveData) {
    public static final MetricRules DEFAULT = new MetricRules(
            0.98, 0.25, Direction.EITHER, Nan.REMOVE, Double.POSITIVE_INFINITY, EffectSize.MEAN_RATIO, false, false);

    /** In which direction a change is bad. */
    public enum Direction {
        INCREASE,
        DECREASE,
        EITHER
    }

    /** What becomes of values that are none. */
    public enum Nan {
        REMOVE,
        /** By 0; then also no data at all passes. */
        REPLACE
    }

    /** What the size of a change is told by. */
    public enum Measure {
        /** The canary's mean over the stable side's. */
        MEAN_RATIO,
        /** The share of pairs in which the canary's value is the larger ("common language effect size"). */
        CLES
    }

    /** How large a change has to be, in units of the measure, to count, and to count as critical. */
    public record EffectSize(
            Measure measure,
            double allowedIncrease,
            double allowedDecrease,
            double criticalIncrease,
            double criticalDecrease) {
        public static final EffectSize MEAN_RATIO = new EffectSize(Measure.MEAN_RATIO, 1, 1, 1, 1);
        public static final EffectSize CLES = new EffectSize(Measure.CLES, 0.5, 0.5, 0.5, 0.5);
    }

    public MetricRules with(Direction other) {
        return new MetricRules(confidence, tolerance, other, nan, outlierFactor, effectSize, isCritical, mustHaveData);
    }

    public MetricRules with(Nan other) {
        return new MetricRules(
                confidence, tolerance, direction, other, outlierFactor, effectSize, isCritical, mustHaveData);
    }

    public MetricRules with(EffectSize other) {
        return new MetricRules(confidence, tolerance, direction, nan, outlierFactor, other, isCritical, mustHaveData);
    }

    public MetricRules withOutlierFactor(double other) {
        return new MetricRules(confidence, tolerance, direction, nan, other, effectSize, isCritical, mustHaveData);
    }

    public MetricRules critical() {
        return new MetricRules(confidence, tolerance, direction, nan, outlierFactor, effectSize, true, mustHaveData);
    }

    public MetricRules withDataRequired() {
        return new MetricRules(confidence, tolerance, direction, nan, outlierFactor, effectSize, isCritical, true);
    }
}
