package dev.sluice.schemas.rollout.window;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.parser.CronParser;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Minutes of a calendar, by five fields as <a href="https://man7.org/linux/man-pages/man5/crontab.5.html">crontab(5)</a> has them:
 * minute, hour, day of the month, month, day of the week. Where neither day begins with {@code *}, either will do. Knows no zones.
 * Immutable and thread-safe; looking for a minute takes at most one step for each day of eight years.
 */
public final class Cron {
    private static final int MOST_KNOWN = 1_000;
    private static final Map<String, Cron> KNOWN = new ConcurrentHashMap<>();

    /** Leap days are up to eight years apart. */
    private static final int YEARS = 8;

    private static final LocalDateTime SOME_DAY = LocalDateTime.of(2024, 1, 1, 0, 0);
    private static final LocalTime LAST_MINUTE = LocalTime.of(23, 59);

    private final CronField minutes;
    private final CronField hours;
    private final CronField days;
    private final CronField months;
    private final CronField weekdays;
    private final boolean isEitherDay;

    private Cron(Function<CronFieldName, FieldExpression> fields) {
        this.minutes = CronField.of(fields.apply(CronFieldName.MINUTE), 0, 59);
        this.hours = CronField.of(fields.apply(CronFieldName.HOUR), 0, 23);
        this.days = CronField.of(fields.apply(CronFieldName.DAY_OF_MONTH), 1, 31);
        this.months = CronField.of(fields.apply(CronFieldName.MONTH), 1, 12);
        // Sunday is 0 and 7
        this.weekdays = CronField.of(fields.apply(CronFieldName.DAY_OF_WEEK), 0, 7);
        this.isEitherDay = isRestricted(fields.apply(CronFieldName.DAY_OF_MONTH))
                && isRestricted(fields.apply(CronFieldName.DAY_OF_WEEK));
    }

    /** As {@link #of}, parsed once as long as there are few: a raise that waits asks for it at every event. */
    static Cron known(String fields) {
        if (KNOWN.size() > MOST_KNOWN) {
            KNOWN.clear();
        }
        return KNOWN.computeIfAbsent(fields, Cron::of);
    }

    /** @throws IllegalArgumentException that says what is wrong */
    public static Cron of(String fields) {
        var parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
        var parsed = parser.parse(fields);
        return new Cron(name -> parsed.retrieve(name).getExpression());
    }

    private static boolean isRestricted(FieldExpression expression) {
        return !expression.asString().startsWith("*");
    }

    /** Whether it is ever due: not on 30 February. */
    public boolean isEverDue() {
        return atOrAfter(SOME_DAY) != null;
    }

    /** Null: never. */
    LocalDateTime after(LocalDateTime time) {
        return atOrAfter(time.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1));
    }

    /** Null: never. */
    LocalDateTime atOrAfter(LocalDateTime time) {
        var minute = time.truncatedTo(ChronoUnit.MINUTES);
        var from = minute.equals(time) ? minute : minute.plusMinutes(1);
        var date = from.toLocalDate();
        var earliest = from.toLocalTime();
        for (var end = date.plusYears(YEARS); !date.isAfter(end); earliest = LocalTime.MIDNIGHT) {
            if (!months.has(date.getMonthValue())) {
                date = date.withDayOfMonth(1).plusMonths(1);
                continue;
            }
            var due = isDue(date) ? timeAtOrAfter(earliest) : null;
            if (due != null) {
                return date.atTime(due);
            }
            date = date.plusDays(1);
        }
        return null;
    }

    /** Null: never. */
    LocalDateTime atOrBefore(LocalDateTime time) {
        var date = time.toLocalDate();
        var latest = time.toLocalTime();
        for (var end = date.minusYears(YEARS); !date.isBefore(end); latest = LAST_MINUTE) {
            if (!months.has(date.getMonthValue())) {
                date = date.withDayOfMonth(1).minusDays(1);
                continue;
            }
            var due = isDue(date) ? timeAtOrBefore(latest) : null;
            if (due != null) {
                return date.atTime(due);
            }
            date = date.minusDays(1);
        }
        return null;
    }

    private boolean isDue(LocalDate date) {
        var isDay = days.has(date.getDayOfMonth());
        var weekday = date.getDayOfWeek().getValue();
        var isWeekday = weekdays.has(weekday) || (weekday == 7 && weekdays.has(0));
        return isEitherDay ? isDay || isWeekday : isDay && isWeekday;
    }

    private LocalTime timeAtOrAfter(LocalTime time) {
        var minute = hours.has(time.getHour()) ? minutes.atOrAfter(time.getMinute()) : -1;
        var hour = minute < 0 ? hours.atOrAfter(time.getHour() + 1) : time.getHour();
        return hour < 0 ? null : LocalTime.of(hour, minute < 0 ? minutes.atOrAfter(0) : minute);
    }

    private LocalTime timeAtOrBefore(LocalTime time) {
        var minute = hours.has(time.getHour()) ? minutes.atOrBefore(time.getMinute()) : -1;
        var hour = minute < 0 ? hours.atOrBefore(time.getHour() - 1) : time.getHour();
        return hour < 0 ? null : LocalTime.of(hour, minute < 0 ? minutes.atOrBefore(59) : minute);
    }
}
