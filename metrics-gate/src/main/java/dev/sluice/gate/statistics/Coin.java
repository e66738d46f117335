package dev.sluice.gate.statistics;

/**
 * Evidence that a coin's probability of success is not the assumed one, by a Beta prior over what else it could be: the e-value
 * {@code B(a + successes, b + failures) / (B(a, b) p^successes (1-p)^failures)}, which may be looked at always. Counts may be
 * fractions.
 */
record Coin(double a, double b) {
    /** The prior that Netflix' counts test is described with: worth {@code weight} tosses around an assumed probability. */
    static Coin around(double assumed, double weight) {
        return new Coin(weight * assumed, weight * (1 - assumed));
    }

    double logE(double successes, double failures, double assumed) {
        return LogGamma.beta(a + successes, b + failures)
                - LogGamma.beta(a, b)
                - Nats.times(successes, assumed)
                - Nats.times(failures, 1 - assumed);
    }
}
