package dev.sluice.gate.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Reads {@code 2026-11-20T12:00:00.123Z} and {@code 2026-11-20T13:00:00+01:00} without a formatter, as RFC 3339 writes times;
 * null for every other form.
 */
final class Rfc3339 {
    private static final int FRACTION_AT = 19;
    private static final int OFFSET_CHARS = 6;
    /** What {@link java.time.ZoneOffset} takes. */
    private static final int LARGEST_OFFSET_MINUTES = 18 * 60;

    private Rfc3339() {}

    static Instant instant(String text) {
        if (text == null || text.length() < 20) {
            return null;
        }
        if (text.charAt(text.length() - 1) == 'Z') {
            return at(text, text.length() - 1, 0);
        }
        var zone = text.length() - OFFSET_CHARS;
        var sign = text.charAt(zone) == '+' ? 1 : text.charAt(zone) == '-' ? -1 : 0;
        var hours = number(text, zone + 1, zone + 3);
        var minutes = number(text, zone + 4, zone + 6);
        var isOffset = zone >= FRACTION_AT
                && sign != 0
                && text.charAt(zone + 3) == ':'
                && hours >= 0
                && minutes >= 0
                && minutes <= 59
                && hours * 60 + minutes <= LARGEST_OFFSET_MINUTES
                // "-00:00" says that nobody knows the offset
                && (sign > 0 || hours + minutes > 0);
        return isOffset ? at(text, zone, sign * (hours * 60 + minutes)) : null;
    }

    /** @param end where the time of day ends and the zone begins */
    private static Instant at(String text, int end, int offsetMinutes) {
        if (end > FRACTION_AT + 10) {
            return null;
        }
        if (text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return null;
        }
        var hour = number(text, 11, 13);
        var minute = number(text, 14, 16);
        var second = number(text, 17, 19);
        var nanos = nanos(text, end);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || nanos < 0) {
            return null;
        }
        try {
            var year = number(text, 0, 4);
            if (year < 0) {
                return null;
            }
            var day =
                    LocalDate.of(year, number(text, 5, 7), number(text, 8, 10)).toEpochDay();
            return Instant.ofEpochSecond(
                    day * 86_400 + hour * 3600L + minute * 60L + second - offsetMinutes * 60L, nanos);
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    private static int nanos(String text, int end) {
        if (end == FRACTION_AT) {
            return 0;
        }
        var digits = end - FRACTION_AT - 1;
        var fraction = text.charAt(FRACTION_AT) == '.' && digits > 0 ? number(text, FRACTION_AT + 1, end) : -1;
        for (int i = digits; i < 9 && fraction >= 0; i++) {
            fraction *= 10;
        }
        return fraction;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            var digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
