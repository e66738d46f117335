package dev.sluice.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One measurement of one variant, on {@code rollout.metrics}: exactly one of {@code count}, {@code value}, {@code histogram},
 * {@code total} and {@code histogramTotal} is set; {@code variant} ({@code stable} or {@code canary}) or {@code revision} says
 * whose it is. Or an alert about the target as a whole: then {@code alert} and {@code state} are set instead.
 *
 * @param count increase since the sender's last event, at least 0
 * @param value a sample
 * @param histogram counts since the sender's last event
 * @param total what a counter has come to since it began, at least 0; of one {@code instance} and series in the order of time
 * @param histogramTotal likewise, per bucket
 * @param since when the counting of a total began; null where its sender doesn't say
 * @param alert a monitor's name for it
 * @param state of the alert
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
        Double total,
        Histogram histogramTotal,
        Instant since,
        String alert,
        AlertState state,
        Map<String, String> labels,
        String instance,
        String id) {

    public enum AlertState {
        @JsonProperty("firing")
        FIRING,
        @JsonProperty("resolved")
        RESOLVED
    }

    /** A measurement that is no total. */
    public MetricEvent(
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
        this(
                application,
                target,
                variant,
                revision,
                metric,
                time,
                count,
                value,
                histogram,
                null,
                null,
                null,
                null,
                null,
                labels,
                instance,
                id);
    }

    /** An alert that begins or ends to fire. */
    public static MetricEvent ofAlert(
            String application,
            String target,
            String alert,
            AlertState state,
            Instant time,
            Map<String, String> labels) {
        return new MetricEvent(
                application,
                target,
                null,
                null,
                null,
                time,
                null,
                null,
                null,
                null,
                null,
                null,
                alert,
                state,
                labels,
                null,
                null);
    }

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
