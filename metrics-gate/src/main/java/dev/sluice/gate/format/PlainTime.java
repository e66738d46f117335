package dev.sluice.gate.format;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads the forms of RFC 3339 that {@link Rfc3339} reads, from bytes and without objects. Keeps what it read last, since nearly
 * all events of a day name that day.
 */
final class PlainTime {
    private static final int FRACTION_AT = 19;
    private static final int SHORTEST = 20;
    private static final int LONGEST = 35;
    private static final int OFFSET_CHARS = 6;
    private static final int LARGEST_OFFSET_MINUTES = 18 * 60;
    private static final long MILLIS_PER_DAY = 86_400_000;

    private long knownDate;
    private int knownDay = -1;
    private long knownMillis;
    private long millis;
    private boolean finer;

    /** Since the epoch, rounded down. */
    long millis() {
        return millis;
    }

    /** Whether it is a fraction of a millisecond later. */
    boolean isFiner() {
        return finer;
    }

    /** Says false for every other form, and where there is no such time. */
    boolean read(byte[] text, int start, int length) {
        if (length < SHORTEST || length > LONGEST) {
            return false;
        }
        var end = start + length;
        if (text[end - 1] == 'Z') {
            return at(text, start, end - 1, 0);
        }
        var zone = end - OFFSET_CHARS;
        var sign = text[zone] == '+' ? 1 : text[zone] == '-' ? -1 : 0;
        var hours = two(text, zone + 1);
        var minutes = two(text, zone + 4);
        var isOffset = zone >= start + FRACTION_AT
                && sign != 0
                && text[zone + 3] == ':'
                && hours >= 0
                && minutes >= 0
                && minutes <= 59
                && hours * 60 + minutes <= LARGEST_OFFSET_MINUTES
                // "-00:00" says that nobody knows the offset
                && (sign > 0 || hours + minutes > 0);
        return isOffset && at(text, start, zone, sign * (hours * 60 + minutes));
    }

    /** @param zone where the time of day ends */
    private boolean at(byte[] text, int start, int zone, int offsetMinutes) {
        if (text[start + 10] != 'T' || text[start + 13] != ':' || text[start + 16] != ':') {
            return false;
        }
        var hour = two(text, start + 11);
        var minute = two(text, start + 14);
        var second = two(text, start + 17);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return false;
        }
        if (!readDate(text, start) || !readFraction(text, start + FRACTION_AT, zone)) {
            return false;
        }
        millis += knownMillis + ((hour * 60 + minute - offsetMinutes) * 60L + second) * 1000;
        return true;
    }

    private boolean readDate(byte[] text, int start) {
        var date = Bytes.word(text, start, Long.BYTES);
        var day = two(text, start + 8);
        if (date == knownDate && day == knownDay) {
            return true;
        }
        var century = two(text, start);
        var year = two(text, start + 2);
        var month = two(text, start + 5);
        if (century < 0 || year < 0 || text[start + 4] != '-' || text[start + 7] != '-') {
            return false;
        }
        try {
            knownMillis = LocalDate.of(century * 100 + year, month, day).toEpochDay() * MILLIS_PER_DAY;
        } catch (DateTimeException noSuchDay) {
            return false;
        }
        knownDate = date;
        knownDay = day;
        return true;
    }

    /** Leaves the fraction's milliseconds. */
    private boolean readFraction(byte[] text, int start, int end) {
        millis = 0;
        finer = false;
        if (start == end) {
            return true;
        }
        if (text[start] != '.' || end - start < 2 || end - start > 10) {
            return false;
        }
        var weight = 100;
        for (int i = start + 1; i < end; i++) {
            var digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            millis += (long) weight * digit;
            finer |= weight == 0 && digit > 0;
            weight /= 10;
        }
        return true;
    }

    private static int two(byte[] text, int at) {
        var tens = text[at] - '0';
        var ones = text[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : 10 * tens + ones;
    }
}
