package dev.sluice.gate.core;

/**
 * What a counter or the buckets of a histogram have come to since the counting began. It adds to nothing: {@link Counter} takes
 * the increase.
 */
public final class TotalSample extends Sample {
    private final Counting counting;

    TotalSample(SeriesName series, Stamp stamp, double number, Buckets histogram, Counting counting) {
        super(series, stamp, false, number, histogram);
        this.counting = counting;
    }

    public static TotalSample of(SeriesName series, Stamp stamp, double total, Counting counting) {
        return new TotalSample(series, stamp, total, null, counting);
    }

    /** The same of a histogram's buckets, with bounds and counts as {@link Sample#histogram} takes them. */
    public static TotalSample of(SeriesName series, Stamp stamp, double[] bounds, double[] counts, Counting counting) {
        return new TotalSample(series, stamp, 0, new Buckets(bounds, counts), counting);
    }

    /**
     * What the buckets that came one by one make together.
     *
     * @param last of them: it was then and there
     */
    static TotalSample ofBuckets(SeriesName series, TotalSample last, Buckets histogram, long sinceMillis) {
        var counting = last.counting();
        return new TotalSample(
                series, last, histogram, new Counting(counting.atMillis(), sinceMillis, counting.counter()));
    }

    private TotalSample(SeriesName series, Sample as, Buckets histogram, Counting counting) {
        super(series, as, 0, histogram);
        this.counting = counting;
    }

    Counting counting() {
        return counting;
    }

    @Override
    public String toString() {
        return "total of " + super.toString() + " " + counting;
    }
}
