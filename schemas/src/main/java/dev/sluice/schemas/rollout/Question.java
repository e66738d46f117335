package dev.sluice.schemas.rollout;

import java.util.List;
import java.util.Map;

/** What a query asks; a closed set, one case per key of the rollout file. */
public sealed interface Question {
    /** Its key in the rollout file. */
    default String word() {
        return switch (this) {
            case Ratio ratio -> "ratio";
            case Quantile quantile -> "quantile";
            case Over over -> "over";
            case Mean mean -> "mean";
            case Rate rate -> "rate";
            case Max max -> "max";
            case Min min -> "min";
            case Sum sum -> "sum";
            case Count count -> "count";
            case Novel novel -> "novel";
            case Value value -> "value";
            case Condition condition -> "cel";
            case Alert alert -> "alert";
            case Pull pull -> pull.builtin() == null ? "queryTemplate" : "use";
        };
    }

    /** The series that it names itself; what an expression measures is found by compiling it. */
    default List<Selector> selectors() {
        return switch (this) {
            case Ratio(var numerator, var denominator) -> List.of(numerator, denominator);
            case Quantile(var of, var q) -> List.of(of);
            case Over(var of, var bound) -> List.of(of);
            case Mean(var of) -> List.of(of);
            case Rate(var of) -> List.of(of);
            case Max(var of) -> List.of(of);
            case Min(var of) -> List.of(of);
            case Sum(var of) -> List.of(of);
            case Count(var of) -> List.of(of);
            case Novel(var of, var label, var outOf, var falseAlarms) -> List.of(of, outOf);
            case Value value -> List.of();
            case Condition condition -> List.of();
            case Alert alert -> List.of();
            case Pull pull -> List.of();
        };
    }

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
     * @param outOf the requests that both sides had, which say how the traffic is divided
     * @param falseAlarms the probability, at most, with which two equal sides fail it
     */
    record Novel(Selector of, String label, Selector outOf, double falseAlarms) implements Question {}

    /**
     * A number that a metric provider is asked for in its own language.
     *
     * @param provider its name in the gate's configuration
     * @param template with {@code {{variables}}}; null where {@code builtin} names one that comes with Sluice
     */
    record Pull(String provider, String template, String builtin) implements Question {}
}
