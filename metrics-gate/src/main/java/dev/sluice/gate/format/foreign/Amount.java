package dev.sluice.gate.format.foreign;

import dev.sluice.schemas.message.MetricEvent.Histogram;

/** What was measured; numbers are finite, and counts not negative. */
public sealed interface Amount {
    /** Happenings since the sender's last word. */
    record Count(double count) implements Amount {}

    /** Happenings since the counting began. */
    record Total(double total) implements Amount {}

    /** A sample. */
    record Value(double value) implements Amount {}

    /** A number of which the format doesn't say what it is. */
    record Untyped(double number) implements Amount {}

    /** Counts per bucket since the sender's last word. */
    record Counts(Histogram histogram) implements Amount {}

    /** Counts per bucket since the counting began. */
    record Totals(Histogram histogram) implements Amount {}

    /** There is a place for it, and nothing in it that could count. */
    record Nothing(Drop why) implements Amount {}

    static Amount count(double number, boolean sinceItBegan) {
        if (!Double.isFinite(number)) {
            return new Nothing(Drop.NO_NUMBER);
        }
        return number < 0 ? new Nothing(Drop.NEGATIVE) : sinceItBegan ? new Total(number) : new Count(number);
    }

    static Amount value(double number) {
        return Double.isFinite(number) ? new Value(number) : new Nothing(Drop.NO_NUMBER);
    }

    static Amount untyped(double number) {
        return Double.isFinite(number) ? new Untyped(number) : new Nothing(Drop.NO_NUMBER);
    }

    static Amount buckets(Histogram histogram, boolean sinceItBegan) {
        return sinceItBegan ? new Totals(histogram) : new Counts(histogram);
    }
}
