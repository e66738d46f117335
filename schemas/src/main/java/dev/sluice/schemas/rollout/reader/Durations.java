package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Reads the three spellings of a duration: a number with its unit beside it, {@code 1h30m}, and ISO 8601. Expects what
 * the schema lets through.
 */
final class Durations {
    static final Duration LONGEST = Duration.ofDays(366);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    /** Stands in where a problem has been reported, which no plan outlives. */
    private static final Duration THROWN_AWAY = Duration.ofSeconds(1);

    private static final Pattern SHORT =
            Pattern.compile("(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");

    private final Problems problems;

    Durations(Problems problems) {
        this.problems = problems;
    }

    /** @param value {@code {duration, unit}} or a text; absent: the default */
    Duration read(JsonNode value, Pointer at, Duration defaultsTo) {
        if (value.isMissingNode() || value.isNull()) {
            return defaultsTo;
        }
        return value.isObject() ? read(value.path("duration"), value.path("unit"), at) : read(value, value, at);
    }

    /** @param number a number that counts in units, or a text that says everything */
    Duration read(JsonNode number, JsonNode unit, Pointer at) {
        try {
            var duration = number.isNumber() ? inUnits(number.longValue(), unit.asText()) : fromText(number.asText());
            if (duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
            problems.add(at, "must be at most " + LONGEST.toDays() + " days");
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            problems.add(at, "is not a duration such as 5m or PT5M");
        }
        return THROWN_AWAY;
    }

    /** A run's length: as many runs as there are milliseconds would be told one by one. */
    Duration readInterval(JsonNode number, JsonNode unit, Pointer at) {
        return atLeastASecond(read(number, unit, at), at);
    }

    Duration atLeastASecond(Duration duration, Pointer at) {
        if (duration.compareTo(SHORTEST) < 0) {
            problems.add(at, "must be at least " + SHORTEST.toSeconds() + " s");
        }
        return duration;
    }

    Duration atLeastAMinute(Duration duration, Pointer at) {
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            problems.add(at, "must be at least a minute");
        }
        return duration;
    }

    Duration wholeMinutes(Duration duration, Pointer at) {
        if (duration.isZero() || !duration.equals(Duration.ofMinutes(duration.toMinutes()))) {
            problems.add(at, "must be whole minutes: what was before a rollout is remembered by the minute");
        }
        return duration;
    }

    Duration positive(Duration duration, Pointer at) {
        if (duration.isZero()) {
            problems.add(at, "must be longer than nothing");
        }
        return duration;
    }

    private static Duration inUnits(long number, String unit) {
        return switch (unit) {
            case "seconds" -> Duration.ofSeconds(number);
            case "minutes" -> Duration.ofMinutes(number);
            case "hours" -> Duration.ofHours(number);
            default -> Duration.ZERO;
        };
    }

    private static Duration fromText(String text) {
        if (text.startsWith("P")) {
            return Duration.parse(text);
        }
        var parts = SHORT.matcher(text);
        if (!parts.matches()) {
            throw new DateTimeException(text);
        }
        return Duration.ofDays(part(parts.group(1)))
                .plusHours(part(parts.group(2)))
                .plusMinutes(part(parts.group(3)))
                .plusSeconds(part(parts.group(4)))
                .plusMillis(part(parts.group(5)));
    }

    private static long part(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
