package dev.sluice.gate.statistics;

/** Counts by size: how many values lie at or below each bound, and above the last. */
public final class Histogram {
    private final double[] bounds;
    private final double[] counts;

    /**
     * @param bounds the buckets' upper ones, ascending
     * @param counts one more than bounds: the last counts what lies above all
     * @throws IllegalArgumentException for other numbers of them, or bounds that don't ascend
     */
    public Histogram(double[] bounds, double[] counts) {
        if (counts.length != bounds.length + 1) {
            throw new IllegalArgumentException(
                    "%d bounds make %d buckets, not %d".formatted(bounds.length, bounds.length + 1, counts.length));
        }
        for (int i = 1; i < bounds.length; i++) {
            if (!(bounds[i - 1] < bounds[i])) {
                throw new IllegalArgumentException("bounds ascend, unlike %s, %s".formatted(bounds[i - 1], bounds[i]));
            }
        }
        this.bounds = bounds.clone();
        this.counts = counts.clone();
    }

    int bounds() {
        return bounds.length;
    }

    double bound(int i) {
        return bounds[i];
    }

    double count(int i) {
        return counts[i];
    }

    /** NaN where one of the counts is none. */
    double total() {
        double total = 0;
        for (var count : counts) {
            total += count >= 0 ? count : Double.NaN;
        }
        return total;
    }
}
