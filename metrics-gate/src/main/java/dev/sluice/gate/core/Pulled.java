package dev.sluice.gate.core;

/** What a metric provider answered, who was asked for one run. Words are for people. */
public sealed interface Pulled {
    /**
     * @param value NaN and infinity too
     * @param samples how many it rests on; negative where the provider doesn't say
     */
    record Found(double value, long samples) implements Pulled {}

    /** No data. */
    record Nothing(String words) implements Pulled {}

    /** The question could not be put or answered: nothing is known of the canary (B11). */
    record Failed(String words) implements Pulled {}
}
