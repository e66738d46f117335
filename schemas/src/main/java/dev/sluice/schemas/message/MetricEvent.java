package dev.sluice.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
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
@JsonInclude(JsonInclude.Include.NON_NULL)
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
    public record Histogram(List<Double> bounds, List<Double> counts) {
        public Histogram {
            bounds = List.copyOf(bounds);
            counts = List.copyOf(counts);
            if (counts.size() != bounds.size() + 1) {
                throw new IllegalArgumentException(
                        "a histogram has one more count than bounds, not %d counts and %d bounds"
                                .formatted(counts.size(), bounds.size()));
            }
            for (int i = 1; i < bounds.size(); i++) {
                if (bounds.get(i) <= bounds.get(i - 1)) {
                    throw new IllegalArgumentException("a histogram's bounds ascend");
                }
            }
        }
    }

    public MetricEvent {
        labels = labels == null ? Map.of() : Map.copyOf(labels);
    }
}
