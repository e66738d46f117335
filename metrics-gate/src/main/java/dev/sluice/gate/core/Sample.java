package dev.sluice.gate.core;

import dev.sluice.schemas.message.MetricEvent;
import java.time.Instant;
import java.util.List;

/** A metric event as the windows take it: its series named, its time settled, no other words. */
public sealed class Sample permits TotalSample {
    private final SeriesName series;
    private final boolean isValue;
    private final double number;
    private final Buckets histogram;
    // the stamp's, one object less for each event
    private final long millis;
    private final boolean clamped;
    private final long appendedMillis;
    private final IdHash id;
    private final String source;
    private final long offset;
    private final int index;
    private int bucket = LogBuckets.UNKNOWN;

    Sample(SeriesName series, Stamp stamp, boolean isValue, double number, Buckets histogram) {
        this.series = series;
        this.isValue = isValue;
        this.number = number;
        this.histogram = histogram;
        this.millis = stamp.millis();
        this.clamped = stamp.clamped();
        this.appendedMillis = stamp.appendedMillis();
        this.id = stamp.id();
        this.source = stamp.origin().source();
        this.offset = stamp.origin().offset();
        this.index = stamp.origin().index();
    }

    /** What a counter has grown by, where this sample says what it has come to. */
    private Sample(Sample total, double number, Buckets histogram) {
        this(total.series, total, number, histogram);
    }

    /** Of another series, and else then and there. */
    Sample(SeriesName series, Sample total, double number, Buckets histogram) {
        this.series = series;
        this.isValue = false;
        this.number = number;
        this.histogram = histogram;
        this.millis = total.millis;
        this.clamped = total.clamped;
        this.appendedMillis = total.appendedMillis;
        this.id = total.id;
        this.source = total.source;
        this.offset = total.offset;
        this.index = total.index;
    }

    public static Sample count(SeriesName series, Stamp stamp, double count) {
        return new Sample(series, stamp, false, count, null);
    }

    public static Sample value(SeriesName series, Stamp stamp, double value) {
        return new Sample(series, stamp, true, value, null);
    }

    /** @param counts one more than bounds, which ascend; neither is changed by anybody from here on */
    public static Sample histogram(SeriesName series, Stamp stamp, double[] bounds, double[] counts) {
        return new Sample(series, stamp, false, 0, new Buckets(bounds, counts));
    }

    /** Of an event that was read into words, and is no alert. */
    public static Sample of(MetricEvent event, Instant appended, Origin origin) {
        return of(event, appended, origin, null);
    }

    /** @param counter which of several counters of its series and instance a total is of; null where there is but one */
    public static Sample of(MetricEvent event, Instant appended, Origin origin, IdHash counter) {
        var id = event.id() == null ? null : IdHash.of(event.id());
        var stamp = Stamp.of(event.time(), appended, id, origin);
        var series = new SeriesName(
                event.application(),
                event.target(),
                event.variant(),
                event.revision(),
                event.metric(),
                event.labels(),
                event.instance());
        if (event.total() != null || event.histogramTotal() != null) {
            return total(event, series, stamp, counter);
        }
        if (event.histogram() != null) {
            var buckets = buckets(event.histogram());
            return histogram(series, stamp, buckets.bounds, buckets.counts);
        }
        return event.count() == null ? value(series, stamp, event.value()) : count(series, stamp, event.count());
    }

    private static TotalSample total(MetricEvent event, SeriesName series, Stamp stamp, IdHash counter) {
        var counting = new Counting(
                event.time() == null ? stamp.appendedMillis() : event.time().toEpochMilli(),
                event.since() == null ? Counting.UNKNOWN : event.since().toEpochMilli(),
                counter);
        return event.histogramTotal() == null
                ? new TotalSample(series, stamp, event.total(), null, counting)
                : new TotalSample(series, stamp, 0, buckets(event.histogramTotal()), counting);
    }

    private static Buckets buckets(MetricEvent.Histogram histogram) {
        return new Buckets(doubles(histogram.bounds()), doubles(histogram.counts()));
    }

    private static double[] doubles(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** What this total has grown by, at its time. */
    final Sample grownBy(double number) {
        return new Sample(this, number, null);
    }

    final Sample grownBy(Buckets buckets) {
        return new Sample(this, 0, buckets);
    }

    public final SeriesName series() {
        return series;
    }

    /** The process that measured it; null where its sender doesn't say. */
    public final String instance() {
        return series.instance();
    }

    /** The time by which it counts. */
    final long millis() {
        return millis;
    }

    /** Whether its own time was too far off. */
    final boolean isClamped() {
        return clamped;
    }

    final long appendedMillis() {
        return appendedMillis;
    }

    /** Null where its sender gave none. */
    final IdHash id() {
        return id;
    }

    /** See {@link Origin}. */
    final String source() {
        return source;
    }

    final long offset() {
        return offset;
    }

    final int index() {
        return index;
    }

    /** Whether it adds to a plain sum; else {@link #number} is one value of many, or there is a {@link #histogram}. */
    final boolean isCount() {
        return !isValue && histogram == null;
    }

    final double number() {
        return number;
    }

    /** Null where it is none. */
    final Buckets histogram() {
        return histogram;
    }

    /** Which of a sketch's buckets the value is in; found once, however many sums it adds to. */
    final int bucket() {
        if (bucket == LogBuckets.UNKNOWN) {
            bucket = LogBuckets.index(number);
        }
        return bucket;
    }

    /** For people and tests. */
    @Override
    public String toString() {
        var what = histogram == null ? (isValue ? "value " : "count ") + number : histogram.toString();
        return series + " " + what + " at " + millis + (clamped ? " (clamped) " : " ") + id + " " + appendedMillis + " "
                + source + "/" + offset + "/" + index;
    }
}
