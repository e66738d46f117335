package dev.sluice.gate.core;

/** What a query's measure found for one variant. */
public sealed interface Measured {
    /** Sums of fractions come out a little too small. */
    double ALMOST_WHOLE = 1e-6;

    /** How many samples it rests on; held against {@code minimumSamples}. */
    long samples();

    /** Counts may be fractions; a sample that is there in part is none yet. */
    static long wholeSamples(double count) {
        return (long) Math.floor(count + ALMOST_WHOLE);
    }

    /**
     * @param atLeast only a lower bound is known: the true value may be higher
     * @param note what people should know of it besides; null for nothing
     */
    record Found(double value, long samples, boolean atLeast, String note) implements Measured {
        public Found(double value, long samples, boolean atLeast) {
            this(value, samples, atLeast, null);
        }

        public Found noting(String words) {
            return new Found(value, samples, atLeast, words);
        }
    }

    /** @param reason what is missing and what exists instead, for people */
    record Missing(String reason, long samples) implements Measured {}
}
