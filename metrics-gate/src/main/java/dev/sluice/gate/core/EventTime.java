package dev.sluice.gate.core;

import java.time.Duration;
import java.time.Instant;

/** When an event counts: by its own time while that is near its append time, else by its append time (clamped). */
record EventTime(long millis, boolean clamped) {
    static final Duration MAX_LATE = Duration.ofSeconds(60);
    static final Duration MAX_EARLY = Duration.ofSeconds(5);

    static EventTime of(Instant own, Instant appended) {
        if (own == null) {
            return new EventTime(appended.toEpochMilli(), false);
        }
        var honoured = !own.isBefore(appended.minus(MAX_LATE)) && !own.isAfter(appended.plus(MAX_EARLY));
        return new EventTime((honoured ? own : appended).toEpochMilli(), !honoured);
    }
}
