package dev.sluice.gate.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/** Reads {@code 2026-11-20T12:00:00.123Z} without a formatter; null for every other form. */
final class Rfc3339 {
    private static final int FRACTION_AT = 19;

    private Rfc3339() {}

    static Instant utc(String text) {
        if (text == null || text.length() < 20 || text.length() > 30 || text.charAt(text.length() - 1) != 'Z') {
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
        var nanos = nanos(text);
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
            return Instant.ofEpochSecond(day * 86_400 + hour * 3600L + minute * 60L + second, nanos);
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    private static int nanos(String text) {
        var digits = text.length() - FRACTION_AT - 2;
        if (digits < 0) {
            return 0;
        }
        var fraction =
                text.charAt(FRACTION_AT) == '.' && digits > 0 ? number(text, FRACTION_AT + 1, text.length() - 1) : -1;
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
