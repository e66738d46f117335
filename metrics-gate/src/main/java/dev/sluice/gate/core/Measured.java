package dev.sluice.gate.core;

import java.util.function.Supplier;

/** What a query's measure found for one variant. Words are made when they are asked for, and at once if at all. */
public sealed interface Measured {
    /** Sums of fractions come out a little too small. */
    double ALMOST_WHOLE = 1e-6;

    /** Null where there is none. */
    default Double valueOrNull() {
        return this instanceof Found found ? found.value() : null;
    }

    /** How many samples it rests on; held against {@code minimumSamples}. */
    long samples();

    /** Counts may be fractions; a sample that is there in part is none yet. */
    static long wholeSamples(double count) {
        return (long) Math.floor(count + ALMOST_WHOLE);
    }

    /**
     * @param atLeast only a lower bound is known: the true value may be higher
     * @param words what people should know of it besides; says null for nothing
     */
    record Found(double value, long samples, boolean atLeast, Supplier<String> words) implements Measured {
        public Found(double value, long samples, boolean atLeast) {
            this(value, samples, atLeast, () -> null);
        }

        public Found noting(Supplier<String> note) {
            return new Found(value, samples, atLeast, note);
        }

        /** What people should know of it besides; null for nothing. */
        public String note() {
            return words.get();
        }
    }

    /** @param words what is missing and what exists instead, for people */
    record Missing(Supplier<String> words, long samples) implements Measured {
        public Missing(String reason, long samples) {
            this(() -> reason, samples);
        }

        public String reason() {
            return words.get();
        }
    }
}
