package dev.sluice.cli.engine;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write and read them: {@code 1h30m}, {@code 90s}, {@code 500ms}. */
public final class Durations implements ITypeConverter<Duration> {
    private static final Pattern WRITTEN =
            Pattern.compile("(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?(?:(\\d{1,9})ms)?");

    @Override
    public Duration convert(String text) {
        var parts = WRITTEN.matcher(text);
        if (!text.isEmpty() && parts.matches()) {
            return Duration.ofDays(part(parts.group(1)))
                    .plusHours(part(parts.group(2)))
                    .plusMinutes(part(parts.group(3)))
                    .plusSeconds(part(parts.group(4)))
                    .plusMillis(part(parts.group(5)));
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new TypeConversionException("'" + text + "' is no duration: write 90s, 10m or 1h30m");
        }
    }

    private static long part(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** The two largest units are enough for people. */
    public static String words(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return duration.toMillis() + "ms";
        }
        if (duration.toDays() > 0) {
            return duration.toDays() + "d" + unlessNothing(duration.toHoursPart(), "h");
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + "h" + unlessNothing(duration.toMinutesPart(), "m");
        }
        return duration.toMinutes() > 0
                ? duration.toMinutes() + "m" + unlessNothing(duration.toSecondsPart(), "s")
                : duration.toSeconds() + "s";
    }

    private static String unlessNothing(int number, String unit) {
        return number == 0 ? "" : number + unit;
    }
}
