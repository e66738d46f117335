package dev.sluice.gate.core;

import dev.sluice.schemas.message.MetricEvent;
import java.time.Instant;

/** A metric event as it came from the log. {@code appended} is when a broker first appended it, wherever it was sent on to. */
public record Arrival(MetricEvent event, Instant appended, Origin origin) {
    TargetKey target() {
        return new TargetKey(event.application(), event.target());
    }

    /** Null where the event is a measurement. */
    public Alert alert() {
        var firing = event.state() == MetricEvent.AlertState.FIRING;
        var at = Stamp.of(event.time(), appended, null, origin).millis();
        return event.alert() == null ? null : new Alert(event.alert(), event.labels(), firing, at);
    }

    Sample sample() {
        return Sample.of(event, appended, origin);
    }
}
