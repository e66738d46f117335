package dev.sluice.gate.statistics;

/** Requests of one side and how many of them were errors. May be fractions, as a part of a batch is. */
public record Counts(double requests, double errors) {
    public static final Counts NONE = new Counts(0, 0);

    /** Whether something can be concluded from them; not so from NaN and what is below zero. */
    boolean areKnown() {
        return requests >= 0 && errors >= 0 && Double.isFinite(requests) && Double.isFinite(errors);
    }

    public Counts plus(Counts other) {
        return new Counts(requests + other.requests, errors + other.errors);
    }

    /** What remains without others; sums of fractions may come out a little below zero, which is zero. */
    Counts without(Counts other) {
        return new Counts(atLeastZero(requests - other.requests), atLeastZero(errors - other.errors));
    }

    private static double atLeastZero(double value) {
        return value < 0 ? 0 : value;
    }
}
