package dev.sluice.gate.format.foreign;

import dev.sluice.schemas.message.MetricEvent.Histogram;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns exponential buckets into explicit ones (opentelemetry-specification, metrics data model): index i is above base^i and up to
 * base^(i+1), with base = 2^(2^-scale). Bounds are those of a grid of at most eight to a doubling, so that what different
 * processes and times give can be added up and compared; a coarser one is taken as it is, and where even the grid would be too
 * long, every second bound is left out. That moves no count over a bound: each says what is known and no more.
 */
final class ExponentialBuckets {
    /** The data model has 20; beyond this one a bucket is narrower than a double can say. */
    private static final int MOST_SCALE = 40;

    private static final int FINEST_SCALE = 3;
    private static final int COARSEST_SCALE = -11;
    /** Bounds begin and end at multiples of it: a process that sees a slower request than ever seldom gets another layout. */
    private static final int BLOCK = 32;

    private static final int MOST_BOUNDS = 250;

    private ExponentialBuckets() {}

    static Amount amount(OtlpPoint point, boolean sinceItBegan) {
        if (total(point.negative) > 0) {
            return new Amount.Nothing(Drop.NEGATIVE);
        }
        if (!isCount(point.zeroThreshold)
                || !isCount(point.zeros)
                || !areCounts(point.positive)
                || point.scale > MOST_SCALE
                || point.scale < COARSEST_SCALE) {
            return new Amount.Nothing(Drop.BUCKETS);
        }
        var side = point.positive;
        var first = 0;
        while (first < side.counts.size() && side.counts.get(first) == 0) {
            first++;
        }
        var last = side.counts.size() - 1;
        while (last > first && side.counts.get(last) == 0) {
            last--;
        }
        return Amount.buckets(first > last ? zerosOnly(point) : histogram(point, first, last), sinceItBegan);
    }

    private static boolean areCounts(OtlpPoint.Side side) {
        for (int i = 0; i < side.counts.size(); i++) {
            if (!isCount(side.counts.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCount(double number) {
        return number >= 0 && Double.isFinite(number);
    }

    private static double total(OtlpPoint.Side side) {
        double total = 0;
        for (int i = 0; i < side.counts.size(); i++) {
            total += side.counts.get(i);
        }
        return total;
    }

    private static Histogram zerosOnly(OtlpPoint point) {
        return new Histogram(List.of(point.zeroThreshold), List.of(point.zeros, 0.0));
    }

    private static Histogram histogram(OtlpPoint point, int first, int last) {
        var offset = (long) point.positive.offset;
        for (var scale = Math.min(point.scale, FINEST_SCALE); ; scale--) {
            var shift = point.scale - scale;
            var from = Math.floorDiv((offset + first) >> shift, BLOCK) * (long) BLOCK;
            var to = (Math.floorDiv((offset + last) >> shift, BLOCK) + 1) * BLOCK;
            if (to - from <= MOST_BOUNDS || scale <= COARSEST_SCALE) {
                return histogram(point, scale, shift, from, to);
            }
        }
    }

    /** @param to the index of the last bound; there may be none that is finite */
    private static Histogram histogram(OtlpPoint point, int scale, int shift, long from, long to) {
        var bounds = new ArrayList<Double>();
        var counts = new ArrayList<Double>();
        bounds.add(point.zeroThreshold);
        counts.add(point.zeros);
        double waiting = 0;
        for (var index = from; index <= to && index - from <= MOST_BOUNDS; index++) {
            // the bucket below the bound at this index
            waiting += countAt(point.positive, shift, index - 1);
            var bound = bound(index, scale);
            if (bound > bounds.getLast() && Double.isFinite(bound)) {
                bounds.add(bound);
                counts.add(waiting);
                waiting = 0;
            }
        }
        counts.add(waiting);
        return new Histogram(bounds, counts);
    }

    private static double countAt(OtlpPoint.Side side, int shift, long index) {
        double count = 0;
        var from = (index << shift) - side.offset;
        for (var at = Math.max(0, from); at < from + (1L << shift) && at < side.counts.size(); at++) {
            count += side.counts.get((int) at);
        }
        return count;
    }

    /** base^index, and the same number for the same bound whatever the scale. */
    private static double bound(long index, int scale) {
        if (scale <= 0) {
            return Math.scalb(1.0, Math.clamp(index << Math.min(-scale, 40), -1100, 1100));
        }
        var perDoubling = 1L << scale;
        var part = (double) Math.floorMod(index, perDoubling) / perDoubling;
        return Math.scalb(Math.pow(2, part), Math.clamp(Math.floorDiv(index, perDoubling), -1100, 1100));
    }
}
