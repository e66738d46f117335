package dev.sluice.gate.core;

import java.util.Arrays;
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

    /** The object and its arrays. */
    static final int EMPTY_CELLS = 8;
    /** An index and a count, and some room. */
    static final int CELLS_PER_BUCKET = 3;

    /** No bucket has it. */
    static final int UNKNOWN = Integer.MIN_VALUE;

    private static final int FIRST_ROOM = 4;

    /** Ascending; the counts beside them. */
    private int[] indexes = new int[FIRST_ROOM];

    private double[] counts = new double[FIRST_ROOM];
    private int size;

    void add(double value) {
        addToBucket(index(value));
    }

    /** @param index of the value's bucket */
    void addToBucket(int index) {
        add(index, 1);
        collapse();
    }

    void add(LogBuckets other) {
        for (int i = 0; i < other.size; i++) {
            add(other.indexes[i], other.counts[i]);
        }
        collapse();
    }

    private void add(int index, double count) {
        var at = Arrays.binarySearch(indexes, 0, size, index);
        if (at >= 0) {
            counts[at] += count;
        } else {
            insert(-at - 1, index, count);
        }
    }

    private void insert(int at, int index, double count) {
        if (size == indexes.length) {
            indexes = Arrays.copyOf(indexes, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        System.arraycopy(indexes, at, indexes, at + 1, size - at);
        System.arraycopy(counts, at, counts, at + 1, size - at);
        indexes[at] = index;
        counts[at] = count;
        size++;
    }

    /** The lowest buckets give way: it is the high quantiles that are held against limits. */
    private void collapse() {
        var excess = size - MAX_BUCKETS;
        if (excess <= 0) {
            return;
        }
        for (int i = 0; i < excess; i++) {
            counts[excess] += counts[i];
        }
        System.arraycopy(indexes, excess, indexes, 0, MAX_BUCKETS);
        System.arraycopy(counts, excess, counts, 0, MAX_BUCKETS);
        size = MAX_BUCKETS;
    }

    static int index(double value) {
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
        for (int i = 0; i < size; i++) {
            edges.putIfAbsent(lower(indexes[i]), 0.0);
            edges.merge(upper(indexes[i]), counts[i], Double::sum);
        }
        var bounds = edges.keySet().stream().mapToDouble(Double::doubleValue).toArray();
        var byBucket = new double[bounds.length + 1];
        var i = 0;
        for (var count : edges.values()) {
            byBucket[i++] = count;
        }
        return new Buckets(bounds, byBucket);
    }

    int cells() {
        return EMPTY_CELLS + CELLS_PER_BUCKET * size;
    }
}
