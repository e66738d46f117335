package dev.sluice.schemas.rollout;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * One question put to the metric events of a window. Exactly one of {@code ratio}, {@code quantile}, {@code mean},
 * {@code rate} and {@code max} is set.
 *
 * @param upperLimit fails above it; null for none
 * @param lowerLimit fails below it; null for none
 * @param minimumSamples fewer in the canary's window: Inconclusive
 * @param whenAbsent what a numerator counts that was never seen for this target, on either side; null: inconclusive
 * @param failureLimit of this query alone, in runs; null: the analysis's counts
 * @param inconclusiveLimit likewise
 * @param onInconclusive likewise
 * @param dryRun judged and shown, decides nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Query(
        String name,
        Ratio ratio,
        Quantile quantile,
        Selector mean,
        Selector rate,
        Selector max,
        Double upperLimit,
        Double lowerLimit,
        long minimumSamples,
        WhenAbsent whenAbsent,
        Evaluation evaluation,
        Integer failureLimit,
        Integer inconclusiveLimit,
        OnInconclusive onInconclusive,
        boolean dryRun) {

    /** Which series: the metric's name and an RE2 expression per label that must match the whole value ({@code !~} before it negates). */
    public record Selector(String metric, Map<String, String> labels) {
        public Selector {
            labels = labels == null ? Map.of() : Map.copyOf(labels);
        }
    }

    public record Ratio(Selector numerator, Selector denominator) {}

    /** @param q between 0 and 1, both excluded */
    public record Quantile(String metric, Map<String, String> labels, double q) {
        public Quantile {
            labels = labels == null ? Map.of() : Map.copyOf(labels);
        }

        public Selector selector() {
            return new Selector(metric, labels);
        }
    }

    public enum WhenAbsent {
        /** The run is Inconclusive and asks whether the name is right. */
        @JsonProperty("inconclusive")
        INCONCLUSIVE,
        /** Nothing was counted. */
        @JsonProperty("zero")
        ZERO
    }

    public enum Evaluation {
        /** Judged at the end of each run. */
        @JsonProperty("interval")
        INTERVAL,
        /** Judged as events arrive; a fail is out at once, a pass still waits for its run's end. */
        @JsonProperty("continuous")
        CONTINUOUS
    }
}
