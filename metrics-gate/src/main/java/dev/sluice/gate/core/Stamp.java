package dev.sluice.gate.core;

import java.time.Instant;

/**
 * When and where an event came in. It counts by its own time while that is near its append time, else by its append time
 * (clamped).
 *
 * @param millis the time by which it counts
 * @param clamped whether its own time was too far off
 * @param id null where its sender gave none
 */
public record Stamp(long millis, boolean clamped, long appendedMillis, IdHash id, Origin origin) {
    private static final long MAX_LATE_MILLIS = 60_000;
    private static final long MAX_EARLY_MILLIS = 5_000;

    /** An event that names no time. */
    public static Stamp of(long appendedMillis, IdHash id, Origin origin) {
        return new Stamp(appendedMillis, false, appendedMillis, id, origin);
    }

    /** @param finer whether the event's own time is a fraction of a millisecond later than that */
    public static Stamp of(long ownMillis, boolean finer, long appendedMillis, IdHash id, Origin origin) {
        var early = ownMillis - appendedMillis;
        var honoured = early >= -MAX_LATE_MILLIS && (early < MAX_EARLY_MILLIS || (early == MAX_EARLY_MILLIS && !finer));
        return new Stamp(honoured ? ownMillis : appendedMillis, !honoured, appendedMillis, id, origin);
    }

    /** @param own null where the event names no time */
    static Stamp of(Instant own, Instant appended, IdHash id, Origin origin) {
        if (own == null) {
            return of(appended.toEpochMilli(), id, origin);
        }
        var millis = own.toEpochMilli();
        var finer = own.isAfter(Instant.ofEpochMilli(millis));
        return of(millis, finer, appended.toEpochMilli(), id, origin);
    }
}
