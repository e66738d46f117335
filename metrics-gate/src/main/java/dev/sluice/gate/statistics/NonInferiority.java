package dev.sluice.gate.statistics;

/**
 * Whether the canary is worse by less than a margin. What isn't shown to be worse isn't shown to be as good: this passes only where
 * the upper bound of the difference lies below the margin. Looked at once; for looks at any time there is
 * {@link RateRatioTest#within}.
 */
public final class NonInferiority {
    private static final double FEWEST_DEGREES = 5;
    private static final int HALVINGS = 60;

    private NonInferiority() {}

    /**
     * Canary minus stable with its upper bound.
     *
     * @param upper infinite or NaN where nothing is known, which is below no margin
     */
    public record Difference(double estimate, double upper) {
        static final Difference UNKNOWN = new Difference(Double.NaN, Double.POSITIVE_INFINITY);

        public boolean isBelow(double margin) {
            return upper < margin;
        }
    }

    /** Some values in short. */
    public record Moments(double count, double sum, double sumOfSquares) {
        double mean() {
            return sum / count;
        }

        double variance() {
            return Math.max(0, (sumOfSquares - sum * sum / count) / (count - 1));
        }
    }

    /**
     * Of two shares of errors, by inverting the score test with the variance of Miettinen and Nurminen (Statistics in Medicine 1985).
     *
     * @param alpha the probability that an inferior canary passes
     */
    public static Difference ofShares(Counts canary, Counts stable, double alpha) {
        if (!isCounted(canary) || !isCounted(stable)) {
            return Difference.UNKNOWN;
        }
        var estimate = canary.errors() / canary.requests() - stable.errors() / stable.requests();
        var z = Normal.quantile(1 - alpha);
        var low = estimate;
        double high = 1;
        for (int i = 0; i < HALVINGS; i++) {
            var middle = (low + high) / 2;
            if (score(canary, stable, estimate, middle) > -z) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return new Difference(estimate, high);
    }

    private static boolean isCounted(Counts counts) {
        return counts.areKnown() && counts.requests() > 1 && counts.errors() <= counts.requests();
    }

    /** How many standard errors the estimate lies above a supposed difference. */
    private static double score(Counts canary, Counts stable, double estimate, double supposed) {
        var n1 = canary.requests();
        var n2 = stable.requests();
        var p2 = mostLikelyStable(canary, stable, supposed);
        var p1 = Math.min(1, Math.max(0, p2 + supposed));
        var variance = (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) * (n1 + n2) / (n1 + n2 - 1);
        // at the corners nothing varies: there the supposed difference is impossible, if it is another one
        return variance > 0 ? (estimate - supposed) / StrictMath.sqrt(variance) : -Double.MAX_VALUE;
    }

    /** The stable share under which both counts are likeliest, given the difference: a root of a cubic, in closed form. */
    private static double mostLikelyStable(Counts canary, Counts stable, double difference) {
        var n1 = canary.requests();
        var n2 = stable.requests();
        var n = n1 + n2;
        var errors = canary.errors() + stable.errors();
        var l2 = (n1 + 2 * n2) * difference - n - errors;
        var l1 = (n2 * difference - n - 2 * stable.errors()) * difference + errors;
        var l0 = stable.errors() * difference * (1 - difference);
        var third = l2 / (3 * n);
        var q = third * third * third - l1 * l2 / (6 * n * n) + l0 / (2 * n);
        var p = Math.copySign(StrictMath.sqrt(Math.max(0, third * third - l1 / (3 * n))), q);
        var cosine = p == 0 ? 0 : Math.max(-1, Math.min(1, q / (p * p * p)));
        var root = 2 * p * StrictMath.cos((Math.PI + StrictMath.acos(cosine)) / 3) - third;
        return Math.min(Math.min(1, 1 - difference), Math.max(Math.max(0, -difference), root));
    }

    /** Of two means (Welch 1947); nothing is known below six values a side or so. */
    public static Difference ofMeans(Moments canary, Moments stable, double alpha) {
        var canaryError = canary.variance() / canary.count();
        var stableError = stable.variance() / stable.count();
        var error = canaryError + stableError;
        var degrees = error == 0
                ? canary.count() + stable.count() - 2
                : error
                        * error
                        / (canaryError * canaryError / (canary.count() - 1)
                                + stableError * stableError / (stable.count() - 1));
        if (!(canary.count() > 1) || !(stable.count() > 1) || !(degrees >= FEWEST_DEGREES)) {
            return Difference.UNKNOWN;
        }
        var estimate = canary.mean() - stable.mean();
        return new Difference(estimate, estimate + Normal.student(1 - alpha, degrees) * StrictMath.sqrt(error));
    }

    /**
     * Whether the canary's mean is below {@code ratio} times the stable side's, whose mean is positive: the difference to the
     * stable values times that ratio is below zero (Fieller 1954).
     */
    public static Difference ofMeansTimes(Moments canary, Moments stable, double ratio, double alpha) {
        return ofMeans(
                canary,
                new Moments(stable.count(), ratio * stable.sum(), ratio * ratio * stable.sumOfSquares()),
                alpha);
    }
}
