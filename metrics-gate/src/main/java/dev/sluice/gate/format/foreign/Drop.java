package dev.sluice.gate.format.foreign;

import java.util.Locale;

/** Why a sample that could be read doesn't count. None of these is an error: they are counted, by this name. */
public enum Drop {
    /** The mapping's {@code when} wants others, such as the destination's side alone. */
    NOT_SELECTED,
    /** A label that the application is made of is missing, or what is made of them is no application's name. */
    NO_APPLICATION,
    NO_TARGET,
    /** Neither {@code canary}, {@code stable} nor {@code revision} says whose it is. */
    NO_VARIANT,
    /** No metric of Sluice may be called that. */
    METRIC_NAME,
    /** NaN, infinite, or the sender says itself that there is none; Prometheus's mark for a series that is gone. */
    NO_NUMBER,
    /** A count below 0, or a histogram of values below 0. */
    NEGATIVE,
    /** A change of something that also goes down, which tells no state. */
    CHANGE,
    /** The temporality is not said. */
    NO_TEMPORALITY,
    /** Buckets and bounds don't fit together, or are more than a metric event has. */
    BUCKETS,
    /** An alert whose state is neither firing nor resolved, such as that of an alarm without data. */
    NO_STATE,
    NO_ALERT_NAME,
    /** Of an application that its sender may not send for. */
    NOT_ALLOWED;

    /** As the metric's tag says it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
