package dev.sluice.schemas.rollout.window;

import dev.sluice.schemas.rollout.window.Window.Allow;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * When an allow window opens, as a cron says it by its zone's clock. Where the clock is put forward, a time that is left out opens
 * it when the clock goes on; where it is put back, a time that comes twice opens it twice.
 */
final class OpeningTimes {
    /** As many changes of the clock as a few years have; a cron that isn't due in them never is. */
    private static final int MOST_CHANGES = 20;

    private final Allow window;
    private final Cron cron;
    private final ZoneRules zone;

    OpeningTimes(Allow window) {
        this.window = window;
        this.cron = Cron.known(window.cron());
        this.zone = window.zone().getRules();
    }

    /** Null where it isn't open then. */
    Instant openUntil(Instant at) {
        // the last one that opened stays open the longest
        var opened = openedUpTo(at);
        var end = opened == null ? null : opened.plus(window.duration());
        return end != null && end.isAfter(at) ? end : null;
    }

    /** Null: never. */
    Instant opensAfter(Instant at) {
        var from = local(at);
        var isFromIncluded = false;
        var here = at;
        for (int change = 0; change <= MOST_CHANGES; change++) {
            var next = zone.nextTransition(here);
            var due = isFromIncluded ? cron.atOrAfter(from) : cron.after(from);
            if (due == null) {
                return null;
            }
            if (next == null || due.isBefore(next.getDateTimeBefore())) {
                return due.toInstant(zone.getOffset(here));
            }
            if (isLeftOut(due, next)) {
                return next.getInstant();
            }
            here = next.getInstant();
            from = next.getDateTimeAfter();
            isFromIncluded = true;
        }
        return null;
    }

    private Instant openedUpTo(Instant at) {
        var here = at;
        var from = local(at);
        for (int change = 0; change <= MOST_CHANGES; change++) {
            var previous = zone.previousTransition(here.plusNanos(1));
            var due = cron.atOrBefore(from);
            if (due == null) {
                return null;
            }
            if (previous == null || !due.isBefore(previous.getDateTimeAfter())) {
                return due.toInstant(zone.getOffset(here));
            }
            if (isLeftOut(due, previous)) {
                return previous.getInstant();
            }
            here = previous.getInstant().minusNanos(1);
            from = local(here);
        }
        return null;
    }

    private static boolean isLeftOut(LocalDateTime due, ZoneOffsetTransition change) {
        return change.isGap() && !due.isBefore(change.getDateTimeBefore()) && due.isBefore(change.getDateTimeAfter());
    }

    private LocalDateTime local(Instant at) {
        return LocalDateTime.ofEpochSecond(at.getEpochSecond(), at.getNano(), zone.getOffset(at));
    }
}
