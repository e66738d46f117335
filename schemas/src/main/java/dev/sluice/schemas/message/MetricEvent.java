package dev.sluice.schemas.message;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One measurement of one variant, on {@code rollout.metrics}. Exactly one of {@code count}, {@code value} and
 * {@code histogram} is set; {@code variant} ({@code stable} or {@code canary}) or {@code revision} says whose it is.
 *
 * @param count increase since the sender's last event, at least 0
 * @param value a sample
 * @param histogram counts since the sender's last event
 * @param id optional; the same id again within the window counts once
 */
public record MetricEvent(
        String application,
        String target,
        String variant,
        String revision,
        String metric,
        Instant time,
        Double count,
        Double value,
        Histogram histogram,
        Map<String, String> labels,
        String instance,
        String id) {

    /** Counts per bucket: one more count than upper bounds, the last is the overflow. */
    public record Histogram(List<Double> bounds, List<Double> counts) {}

    public MetricEvent {
        labels = labels == null ? Map.of() : Map.copyOf(labels);
    }
}
