package dev.sluice.gate.core;

import java.util.TreeMap;

/**
 * A sketch of single values, for quantiles within 1 %: counters in buckets whose bounds grow by a constant factor
 * (DDSketch, https://arxiv.org/abs/1908.10693). Two sketches are merged by adding counters, so the order of events and
 * the cut into panes do not change the result.
 */
final class LogBuckets {
    static final double ACCURACY = 0.01;
    static final int MAX_BUCKETS = 512;

    private static final double GAMMA = (1 + ACCURACY) / (1 - ACCURACY);
    private static final double LOG_GAMMA = StrictMath.log(GAMMA);
    private static final double SMALLEST = 1e-9;
    /** Indexes of positive values lie around this, those of negative ones mirrored around its negative; 0 is zero. */
    private static final int CENTRE = 100_000;

    /** A map entry with its boxed key and count. */
    static final int CELLS_PER_BUCKET = 10;

    private final TreeMap<Integer, Double> counts = new TreeMap<>();

    void add(double value) {
        counts.merge(index(value), 1.0, Double::sum);
        collapse();
    }

    void add(LogBuckets other) {
        other.counts.forEach((index, count) -> counts.merge(index, count, Double::sum));
        collapse();
    }

    /** The lowest buckets give way: it is the high quantiles that are held against limits. */
    private void collapse() {
        while (counts.size() > MAX_BUCKETS) {
            var lowest = counts.pollFirstEntry();
            counts.merge(counts.firstKey(), lowest.getValue(), Double::sum);
        }
    }

    private static int index(double value) {
        if (Math.abs(value) < SMALLEST) {
            return 0;
        }
        var magnitude = (int) StrictMath.ceil(StrictMath.log(Math.abs(value)) / LOG_GAMMA);
        return value > 0 ? CENTRE + magnitude : -CENTRE - magnitude;
    }

    private static double upper(int index) {
        if (index == 0) {
            return 0;
        }
        return index > 0 ? power(index - CENTRE) : -power(-index - CENTRE - 1);
    }

    private static double lower(int index) {
        if (index == 0) {
            return -SMALLEST;
        }
        return index > 0 ? power(index - CENTRE - 1) : -power(-index - CENTRE);
    }

    private static double power(int exponent) {
        return StrictMath.min(Double.MAX_VALUE, StrictMath.exp(exponent * LOG_GAMMA));
    }

    /** The same as buckets with bounds; gaps become empty buckets. */
    Buckets toBuckets() {
        var edges = new TreeMap<Double, Double>();
        counts.forEach((index, count) -> {
            edges.putIfAbsent(lower(index), 0.0);
            edges.merge(upper(index), count, Double::sum);
        });
        var bounds = edges.keySet().stream().mapToDouble(Double::doubleValue).toArray();
        var byBucket = new double[bounds.length + 1];
        var i = 0;
        for (var count : edges.values()) {
            byBucket[i++] = count;
        }
        return new Buckets(bounds, byBucket);
    }

    int cells() {
        return CELLS_PER_BUCKET * counts.size();
    }
}
