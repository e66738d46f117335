package dev.sluice.schemas.rollout.window;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Minutes of a calendar, by five fields as crontab(5) has them: minute, hour, day of the month, month, day of the week; where both
 * days are restricted, either will do. Knows no zones. Immutable and thread-safe.
 */
public final class Cron {
    /** Leap days are up to eight years apart. */
    private static final int YEARS = 8;

    private static final LocalDateTime SOME_DAY = LocalDateTime.of(2024, 1, 1, 0, 0);

    private final ExecutionTime times;

    private Cron(ExecutionTime times) {
        this.times = times;
    }

    /** @throws IllegalArgumentException that says what is wrong */
    public static Cron of(String fields) {
        var parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
        return new Cron(ExecutionTime.forCron(parser.parse(fields)));
    }

    /** Whether it is ever due: not on 30 February. */
    public boolean isEverDue() {
        var due = after(SOME_DAY);
        return due != null && due.isBefore(SOME_DAY.plusYears(YEARS));
    }

    /** Null: never. */
    LocalDateTime after(LocalDateTime time) {
        return local(times.nextExecution(minute(time)));
    }

    /** Null: never. */
    LocalDateTime atOrAfter(LocalDateTime time) {
        var minute = time.truncatedTo(ChronoUnit.MINUTES);
        return minute.equals(time) && times.isMatch(minute(time)) ? minute : after(time);
    }

    /** Null: never. */
    LocalDateTime atOrBefore(LocalDateTime time) {
        var minute = minute(time);
        return times.isMatch(minute) ? minute.toLocalDateTime() : local(times.lastExecution(minute));
    }

    /** In a zone whose clock is never changed. */
    private static ZonedDateTime minute(LocalDateTime time) {
        return time.truncatedTo(ChronoUnit.MINUTES).atZone(ZoneOffset.UTC);
    }

    private static LocalDateTime local(Optional<ZonedDateTime> time) {
        return time.map(ZonedDateTime::toLocalDateTime).orElse(null);
    }
}
