package dev.sluice.gate.core;

import java.util.Arrays;

/** Counts between ascending upper bounds; one more count than bounds, the last is the overflow. */
final class Buckets {
    final double[] bounds;
    final double[] counts;

    Buckets(double[] bounds, double[] counts) {
        if (counts.length != bounds.length + 1) {
            throw new IllegalArgumentException(counts.length + " counts for " + bounds.length + " bounds");
        }
        this.bounds = bounds;
        this.counts = counts;
    }

    boolean addIfSameBounds(Buckets other) {
        if (!hasSameBounds(other)) {
            return false;
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        return true;
    }

    boolean hasSameBounds(Buckets other) {
        return Arrays.equals(bounds, other.bounds);
    }

    /** In each bucket; both have the same bounds. */
    boolean isAtLeast(Buckets other) {
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] < other.counts[i]) {
                return false;
            }
        }
        return true;
    }

    /** Both have the same bounds. */
    Buckets minus(Buckets other) {
        var difference = counts.clone();
        for (int i = 0; i < counts.length; i++) {
            difference[i] -= other.counts[i];
        }
        return new Buckets(bounds, difference);
    }

    Buckets copy() {
        return new Buckets(bounds, counts.clone());
    }

    double total() {
        double sum = 0;
        for (var count : counts) {
            sum += count;
        }
        return sum;
    }

    double overflow() {
        return counts[counts.length - 1];
    }

    double last() {
        return bounds[bounds.length - 1];
    }

    /** Where the first bucket begins: at 0, or, where its bound is not above 0, at the bound itself. */
    double first() {
        return Math.min(0, bounds[0]);
    }

    /** How many lie left of {@code x}, spread evenly inside each bucket; the overflow is not counted. */
    double below(double x) {
        double sum = 0;
        double lower = first();
        for (int i = 0; i < bounds.length && x > lower; i++) {
            var share = x >= bounds[i] ? 1 : (x - lower) / (bounds[i] - lower);
            sum += counts[i] * share;
            lower = bounds[i];
        }
        return sum;
    }

    /** How many stand exactly at {@code x}, because the first bucket has no lower end. */
    double pointAt(double x) {
        return bounds[0] <= 0 && x == bounds[0] ? counts[0] : 0;
    }

    int cells() {
        return 4 + counts.length;
    }

    @Override
    public String toString() {
        return "bounds " + Arrays.toString(bounds) + " counts " + Arrays.toString(counts);
    }
}
