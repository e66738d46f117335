package dev.sluice.gate.core;

import dev.sluice.schemas.message.MetricEvent;
import java.time.Instant;

/** A metric event as it came from the log. {@code appended} is when a broker first appended it, wherever it was sent on to. */
public record Arrival(MetricEvent event, Instant appended, Origin origin) {
    Sample sample() {
        return Sample.of(event, appended, origin);
    }
}
