package dev.sluice.schemas.rollout;

import java.util.Map;

/**
 * Which series: the metric's name and a matcher per label. A matcher is an RE2 expression that must match the whole value;
 * {@code !~} before it negates. {@code =} and {@code !=} before it take the rest as it stands, {@code =~} says what is meant
 * without. A label that a series lacks is matched as the empty text, as Prometheus does.
 */
public record Selector(String metric, Map<String, String> labels) {
    public Selector {
        labels = labels == null ? Map.of() : Map.copyOf(labels);
    }

    public static Selector of(String metric) {
        return new Selector(metric, Map.of());
    }
}
