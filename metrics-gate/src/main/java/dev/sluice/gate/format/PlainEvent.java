package dev.sluice.gate.format;

import dev.sluice.gate.core.Counting;
import dev.sluice.gate.core.IdHash;
import dev.sluice.gate.core.Origin;
import dev.sluice.gate.core.Sample;
import dev.sluice.gate.core.SeriesName;
import dev.sluice.gate.core.Stamp;
import dev.sluice.gate.core.TotalSample;
import dev.sluice.schemas.Topic;

/**
 * Reads an event from byte to byte, without making words of what is known already. It takes what nearly all senders write: valid
 * events in ASCII without escapes, with numbers that need no exponent. To everything else it says no, and nothing about why:
 * whoever reads it next knows. Holds the event that it read last.
 */
public final class PlainEvent {
    private static final int REGISTRY_PREFIX_BYTES = 5;
    private static final int LONGEST_ID = 128;

    private enum Kind {
        NONE,
        COUNT,
        VALUE,
        HISTOGRAM,
        TOTAL,
        HISTOGRAM_TOTAL
    }

    private final SeriesNames names = new SeriesNames();
    private final int[] starts = new int[SeriesNames.PARTS];
    private final int[] lengths = new int[SeriesNames.PARTS];
    private final PlainNumber number = new PlainNumber();
    private final PlainTime time = new PlainTime();
    private final PlainTime since = new PlainTime();
    private final PlainHistogram histogram = new PlainHistogram();
    private final UnknownFields unknown = new UnknownFields();
    private byte[] json;
    private int limit;
    private int seen;
    private Kind kind;
    private double amount;
    private boolean hasTime;
    private boolean hasSince;
    private IdHash id;
    private SeriesName series;

    PlainEvent() {}

    /** Which series it is of. */
    public SeriesName series() {
        return series;
    }

    /** Whether it says what a counter, or a histogram's buckets, have come to. */
    public boolean isTotal() {
        return kind == Kind.TOTAL || kind == Kind.HISTOGRAM_TOTAL;
    }

    /** @param appendedMillis when a broker first appended it */
    public Sample sample(long appendedMillis, Origin origin) {
        return sample(appendedMillis, origin, null);
    }

    /** @param counter which of several counters a total is of; null where there is but one */
    public Sample sample(long appendedMillis, Origin origin, IdHash counter) {
        var stamp = hasTime
                ? Stamp.of(time.millis(), time.isFiner(), appendedMillis, id, origin)
                : Stamp.of(appendedMillis, id, origin);
        return switch (kind) {
            case COUNT -> Sample.count(series, stamp, amount);
            case VALUE -> Sample.value(series, stamp, amount);
            case HISTOGRAM -> Sample.histogram(series, stamp, histogram.bounds(), histogram.counts());
            case TOTAL -> TotalSample.of(series, stamp, amount, counting(appendedMillis, counter));
            case HISTOGRAM_TOTAL ->
                TotalSample.of(
                        series, stamp, histogram.bounds(), histogram.counts(), counting(appendedMillis, counter));
            case NONE -> throw new IllegalStateException("nothing was read");
        };
    }

    private Counting counting(long appendedMillis, IdHash counter) {
        return new Counting(
                hasTime ? time.millis() : appendedMillis, hasSince ? since.millis() : Counting.UNKNOWN, counter);
    }

    /** Says false where somebody else has to read it. */
    boolean read(byte[] value) {
        if (value == null || value.length > Topic.METRICS.maxBytes()) {
            return false;
        }
        json = value;
        limit = value.length;
        seen = 0;
        kind = Kind.NONE;
        hasTime = false;
        hasSince = false;
        id = null;
        for (int part = 0; part < SeriesNames.PARTS; part++) {
            lengths[part] = SeriesNames.ABSENT;
        }
        unknown.begin(value, limit);
        var start = limit > REGISTRY_PREFIX_BYTES && value[0] == 0 ? REGISTRY_PREFIX_BYTES : 0;
        if (!readFields(Blank.skip(json, start, limit)) || !isWhole()) {
            return false;
        }
        series = names.find(json, starts, lengths);
        return series != null;
    }

    private boolean isWhole() {
        return kind != Kind.NONE
                && lengths[SeriesNames.APPLICATION] >= 0
                && lengths[SeriesNames.TARGET] >= 0
                && lengths[SeriesNames.METRIC] >= 0;
    }

    private boolean readFields(int start) {
        if (start >= limit || json[start] != '{') {
            return false;
        }
        var at = Blank.skip(json, start + 1, limit);
        while (at < limit && json[at] == '"') {
            var field = Field.named(json, at + 1, limit);
            var nameEnd = field == null ? Bytes.textEnd(json, at + 1, limit) : at + 1 + field.length();
            if (nameEnd < 0) {
                return false;
            }
            var colon = Blank.skip(json, nameEnd + 1, limit);
            if (colon >= limit || json[colon] != ':') {
                return false;
            }
            var value = Blank.skip(json, colon + 1, limit);
            if (value >= limit) {
                return false;
            }
            at = field == null ? unknown.skip(at + 1, nameEnd - at - 1, value) : readField(field, value);
            at = at < 0 ? limit : Blank.skip(json, at, limit);
            if (at < limit && json[at] == '}') {
                return Blank.skip(json, at + 1, limit) == limit;
            }
            if (at >= limit || json[at] != ',') {
                return false;
            }
            at = Blank.skip(json, at + 1, limit);
        }
        return false;
    }

    /** @return where its value ends; -1 where it isn't plain */
    private int readField(Field field, int at) {
        var bit = field.bit();
        if ((seen & bit) != 0) {
            return -1;
        }
        seen |= bit;
        if (json[at] == 'n') {
            return Blank.after("null", json, at, limit);
        }
        return switch (field) {
            case APPLICATION -> readPart(SeriesNames.APPLICATION, at);
            case TARGET -> readPart(SeriesNames.TARGET, at);
            case VARIANT -> readPart(SeriesNames.VARIANT, at);
            case REVISION -> readPart(SeriesNames.REVISION, at);
            case METRIC -> readPart(SeriesNames.METRIC, at);
            case LABELS -> readLabels(at);
            case COUNT -> readNumber(Kind.COUNT, at);
            case VALUE -> readNumber(Kind.VALUE, at);
            case TOTAL -> readNumber(Kind.TOTAL, at);
            case HISTOGRAM -> readHistogram(Kind.HISTOGRAM, at);
            case HISTOGRAM_TOTAL -> readHistogram(Kind.HISTOGRAM_TOTAL, at);
            case SINCE -> readSince(at);
            case TIME -> readTime(at);
            case ID -> readId(at);
            case INSTANCE -> readPart(SeriesNames.INSTANCE, at);
        };
    }

    private int textEnd(int at) {
        return json[at] == '"' ? Bytes.textEnd(json, at + 1, limit) : -1;
    }

    private int readPart(int part, int at) {
        var end = textEnd(at);
        starts[part] = at + 1;
        lengths[part] = end - at - 1;
        return end < 0 ? -1 : end + 1;
    }

    /** As far as to know where they end: they are looked at once, when the series is named. */
    private int readLabels(int start) {
        if (json[start] != '{') {
            return -1;
        }
        var at = start + 1;
        while (at < limit && json[at] != '}') {
            if (json[at] == '"') {
                var end = Bytes.textEnd(json, at + 1, limit);
                if (end < 0) {
                    return -1;
                }
                at = end;
            } else if (json[at] != ':' && json[at] != ',' && Blank.skip(json, at, limit) == at) {
                return -1;
            }
            at++;
        }
        starts[SeriesNames.LABELS] = start;
        lengths[SeriesNames.LABELS] = at + 1 - start;
        return at < limit ? at + 1 : -1;
    }

    private int readNumber(Kind of, int at) {
        var end = kind == Kind.NONE ? number.read(json, at, limit) : -1;
        kind = of;
        amount = number.value();
        return of != Kind.VALUE && amount < 0 ? -1 : end;
    }

    private int readHistogram(Kind of, int at) {
        var end = kind == Kind.NONE ? histogram.read(json, at, limit) : -1;
        kind = of;
        return end;
    }

    private int readTime(int at) {
        var end = textEnd(at);
        hasTime = end >= 0 && time.read(json, at + 1, end - at - 1);
        return hasTime ? end + 1 : -1;
    }

    private int readSince(int at) {
        var end = textEnd(at);
        hasSince = end >= 0 && since.read(json, at + 1, end - at - 1);
        return hasSince ? end + 1 : -1;
    }

    private int readId(int at) {
        var end = textEnd(at);
        var length = end - at - 1;
        if (end < 0 || length == 0 || length > LONGEST_ID) {
            return -1;
        }
        id = IdHash.of(json, at + 1, length);
        return end + 1;
    }
}
