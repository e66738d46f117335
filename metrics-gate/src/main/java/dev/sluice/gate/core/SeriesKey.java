package dev.sluice.gate.core;

import dev.sluice.schemas.message.MetricEvent;
import java.util.Map;

/** One line of measurements of a target. Either {@code variant} or {@code revision} says whose; the other is null. */
record SeriesKey(String metric, String variant, String revision, Map<String, String> labels) {
    static SeriesKey of(MetricEvent event) {
        return new SeriesKey(
                event.metric(), event.variant(), event.variant() == null ? event.revision() : null, event.labels());
    }
}
