package dev.sluice.gate.statistics;

/** Logarithms, as evidence is counted in. */
final class Nats {
    private Nats() {}

    /** {@code count * ln(ratio)}, and nothing for no counts, whatever the ratio. */
    static double times(double count, double ratio) {
        return count == 0 ? 0 : count * StrictMath.log(ratio);
    }

    /** The Kullback-Leibler divergence between two coins, per toss. */
    static double between(double actual, double assumed) {
        return times(actual, actual / assumed) + times(1 - actual, (1 - actual) / (1 - assumed));
    }

    /** What an e-value must reach for a false alarm to happen at most with probability alpha. */
    static double bar(double alpha) {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("a false-alarm probability lies between 0 and 1, unlike " + alpha);
        }
        return -StrictMath.log(alpha);
    }
}
