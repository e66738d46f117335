package dev.sluice.gate.statistics;

import dev.sluice.gate.statistics.MannWhitney.Shift;

/**
 * What became of a metric.
 *
 * @param isCritical whether this label brings the score to 0
 * @param ratio of the means, canary over stable; 1 where nothing was compared, NaN where a mean is 0
 * @param effectSize in the measure that was asked for; NaN where it can't be told, and then it isn't looked at
 * @param shift null where nothing was compared
 */
public record Classified(Label label, boolean isCritical, double ratio, double effectSize, Shift shift) {
    /** In Kayenta's words. */
    public enum Label {
        PASS,
        HIGH,
        LOW,
        NODATA,
        /** No data for a metric that must have some. */
        NODATA_FAIL_METRIC,
        /** The data don't let a shift be told at all. */
        ERROR
    }

    static Classified without(Label label, boolean isCritical) {
        return new Classified(label, isCritical, 1, Double.NaN, null);
    }
}
