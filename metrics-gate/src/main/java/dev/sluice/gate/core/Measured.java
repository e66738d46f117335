package dev.sluice.gate.core;

/** What a query's measure found for one variant. */
public sealed interface Measured {
    /** How many samples it rests on; held against {@code minimumSamples}. */
    long samples();

    /** @param atLeast only a lower bound is known: the true value may be higher */
    record Found(double value, long samples, boolean atLeast) implements Measured {}

    /** @param reason what is missing and what exists instead, for people */
    record Missing(String reason, long samples) implements Measured {}
}
