package dev.sluice.schemas.rollout;

import java.util.Map;

/** What a query asks; a closed set, one case per key of the rollout file. */
public sealed interface Question {
    /** Events of the numerator per event of the denominator. */
    record Ratio(Selector numerator, Selector denominator) implements Question {}

    /**
     * Of histograms and single values.
     *
     * @param q between 0 and 1, both excluded
     */
    record Quantile(Selector of, double q) implements Question {}

    /** The share of the samples that are above the bound. */
    record Over(Selector of, double bound) implements Question {}

    /** Of single values. */
    record Mean(Selector of) implements Question {}

    /** Events per second. */
    record Rate(Selector of) implements Question {}

    /** The largest single value. */
    record Max(Selector of) implements Question {}

    /** The smallest single value. */
    record Min(Selector of) implements Question {}

    /** Of single values. */
    record Sum(Selector of) implements Question {}

    /** How many events. */
    record Count(Selector of) implements Question {}

    /** A number of one side, worked out of others: CEL, over that side's window. */
    record Value(String expression) implements Question {}

    /** A condition over both sides: CEL; fails when true. */
    record Condition(String expression) implements Question {}

    /**
     * Whether a monitor's alert fires.
     *
     * @param name a matcher as in {@link Selector}; null for any
     */
    record Alert(String name, Map<String, String> labels) implements Question {
        public Alert {
            labels = labels == null ? Map.of() : Map.copyOf(labels);
        }
    }

    /**
     * A value of this label that only the canary shows.
     *
     * @param falseAlarms the probability, at most, with which two equal sides fail it
     */
    record Novel(Selector of, String label, double falseAlarms) implements Question {}

    /**
     * A number that a metric provider is asked for in its own language.
     *
     * @param provider its name in the gate's configuration
     * @param template with {@code {{variables}}}; null where {@code builtin} names one that comes with Sluice
     */
    record Pull(String provider, String template, String builtin) implements Question {}
}
