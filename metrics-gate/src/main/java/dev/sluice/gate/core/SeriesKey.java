package dev.sluice.gate.core;

import dev.sluice.schemas.message.MetricEvent;
import java.util.Map;

/**
 * One line of measurements of a target. {@code variant} or {@code revision} says whose; where both do they may contradict
 * what runs there.
 */
record SeriesKey(String metric, String variant, String revision, Map<String, String> labels) {
    static SeriesKey of(MetricEvent event) {
        return new SeriesKey(event.metric(), event.variant(), event.revision(), event.labels());
    }
}
