package dev.sluice.gate.core;

import dev.sluice.schemas.message.MetricEvent;
import java.time.Instant;
import java.util.List;

/** A metric event as the windows take it: its series named, its time settled, no other words. */
public final class Sample {
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

    private Sample(SeriesName series, Stamp stamp, boolean isValue, double number, Buckets histogram) {
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

    /** Of an event that was read into words. */
    public static Sample of(MetricEvent event, Instant appended, Origin origin) {
        var id = event.id() == null ? null : IdHash.of(event.id());
        var stamp = Stamp.of(event.time(), appended, id, origin);
        var series = new SeriesName(
                event.application(), event.target(), event.variant(), event.revision(), event.metric(), event.labels());
        if (event.histogram() != null) {
            return histogram(
                    series,
                    stamp,
                    doubles(event.histogram().bounds()),
                    doubles(event.histogram().counts()));
        }
        return event.count() == null ? value(series, stamp, event.value()) : count(series, stamp, event.count());
    }

    private static double[] doubles(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    public SeriesName series() {
        return series;
    }

    /** The time by which it counts. */
    long millis() {
        return millis;
    }

    /** Whether its own time was too far off. */
    boolean isClamped() {
        return clamped;
    }

    long appendedMillis() {
        return appendedMillis;
    }

    /** Null where its sender gave none. */
    IdHash id() {
        return id;
    }

    /** See {@link Origin}. */
    String source() {
        return source;
    }

    long offset() {
        return offset;
    }

    int index() {
        return index;
    }

    /** Whether it adds to a plain sum; else {@link #number} is one value of many, or there is a {@link #histogram}. */
    boolean isCount() {
        return !isValue && histogram == null;
    }

    double number() {
        return number;
    }

    /** Null where it is none. */
    Buckets histogram() {
        return histogram;
    }

    /** Which of a sketch's buckets the value is in; found once, however many sums it adds to. */
    int bucket() {
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
