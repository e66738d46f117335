package dev.sluice.gate.core;

import java.util.Arrays;
import java.util.TreeMap;

/**
 * A histogram whose buckets come one by one, each the total of what was at most its bound: put together again by their time. Buckets of
 * one time up to the overflow are true however few they are, only coarser; yet histograms of different bounds tell no increase. So
 * those are waited for that there were before. A time that lacks one is left out, for the next tells what it would have; other
 * bounds are the histogram's own once two times in a row had them.
 */
final class BucketSet {
    /** As events are clamped. */
    private static final long AHEAD_MILLIS = 5_000;

    static final int CELLS = 48;

    /** Senders come in pairs, and one's buckets may arrive among the other's. */
    private static final int MOST_OPEN = 4;

    private static final int MOST_BOUNDS = 500;
    private static final int CELLS_OF_BUCKET = 8;

    private final SeriesName name;
    private final TreeMap<Long, Open> open = new TreeMap<>();
    /** Ascending, the last infinite; null before it is known. */
    private double[] bounds;
    /** Those of a time that lacked some of them; null for none. */
    private double[] others;

    private long closedTo = Long.MIN_VALUE;
    private long appendedMillis;

    /** One time's buckets so far. */
    private static final class Open {
        private final TreeMap<Double, Double> totals = new TreeMap<>();
        private TotalSample last;
        private long sinceMillis;

        private void add(double bound, TotalSample total) {
            var since = total.counting().sinceMillis();
            sinceMillis = last == null || since == sinceMillis ? since : Counting.UNKNOWN;
            totals.putIfAbsent(bound, total.number());
            last = total;
        }

        private double[] bounds() {
            return totals.keySet().stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /** @param name of the histogram */
    BucketSet(SeriesName name) {
        this.name = name;
    }

    /** Null where no histogram is whole by this. */
    TotalSample add(double bound, TotalSample total) {
        appendedMillis = Math.max(appendedMillis, total.appendedMillis());
        if (bounds != null && Arrays.binarySearch(bounds, bound) < 0) {
            bounds = null;
            others = null;
        }
        var at = total.counting().atMillis();
        if (at > appendedMillis + AHEAD_MILLIS) {
            return null; // a clock that is far ahead closes nothing for the others (B26)
        }
        if (at <= closedTo) {
            return null;
        }
        var rolled = open.containsKey(at) || open.size() < mostOpen() ? null : closeFirst();
        if (at <= closedTo) {
            return rolled;
        }
        var set = open.computeIfAbsent(at, time -> new Open());
        if (set.totals.size() < MOST_BOUNDS) {
            set.add(bound, total);
        }
        return isWhole(set) ? close(at) : rolled;
    }

    private int mostOpen() {
        return bounds == null ? 1 : MOST_OPEN;
    }

    private boolean isWhole(Open set) {
        return bounds != null
                && set.totals.size() >= bounds.length
                && Arrays.stream(bounds).allMatch(set.totals::containsKey);
    }

    private TotalSample close(long at) {
        var whole = open.get(at);
        closedTo = at;
        open.headMap(at, true).clear();
        others = null;
        return histogram(whole);
    }

    /** The oldest gives way. */
    private TotalSample closeFirst() {
        var first = open.pollFirstEntry();
        closedTo = first.getKey();
        var its = first.getValue().bounds();
        if (its.length < 2 || its[its.length - 1] != Double.POSITIVE_INFINITY) {
            return null;
        }
        if (bounds != null && !Arrays.equals(its, others)) {
            others = its;
            return null;
        }
        bounds = its;
        others = null;
        return histogram(first.getValue());
    }

    /** Null where a wider bucket holds less than a narrower one: they are not of one time. */
    private TotalSample histogram(Open set) {
        var finite = Arrays.copyOf(bounds, bounds.length - 1);
        var counts = new double[bounds.length];
        var below = 0.0;
        for (int i = 0; i < bounds.length; i++) {
            double upTo = set.totals.get(bounds[i]);
            counts[i] = upTo - below;
            below = upTo;
            if (counts[i] < 0) {
                return null;
            }
        }
        return TotalSample.ofBuckets(name, set.last, new Buckets(finite, counts), set.sinceMillis);
    }

    long appendedMillis() {
        return appendedMillis;
    }

    int cells() {
        var buckets = open.values().stream().mapToInt(set -> set.totals.size()).sum();
        return CELLS + CELLS_OF_BUCKET * buckets + (bounds == null ? 0 : bounds.length);
    }
}
