package dev.sluice.gate.statistics;

/**
 * A test of the canary's error rate over the stable side's that may be looked at with every event. Given the requests of a cell, an
 * error is the canary's with probability {@code θ = r s / (r s + 1 - s)}, where s is the canary's share of requests and r the
 * ratio, whatever the error rate itself does. The evidence is a mixture over some ratios and beginnings of the likelihood
 * ratio against r at its limit: {@code E = Σ w Π (θ/s)^canary ((1-θ)/(1-s))^stable}. It is a nonnegative supermartingale
 * where r is within the limit, so that it ever reaches 1/α with probability at most α (Ville 1939; Lindon and Malek, NeurIPS 2022,
 * for counts). The fold over cells is {@link SequentialState}.
 */
public final class RateRatioTest {
    private static final double[] FACTORS = {1.5, 2, 3, 4, 6, 10};

    /** Found by simulation: doubled, tripled and tenfold errors are each found nearly as soon as by a test for them alone. */
    private static final double[] WEIGHTS = {0.07, 0.26, 0.27, 0.04, 0.04, 0.32};

    private final double limit;
    private final double[] factors;
    private final double[] weights;
    private final boolean beginsLater;

    private RateRatioTest(double limit, double[] factors, double[] weights, boolean beginsLater) {
        if (!(limit > 0) || !Double.isFinite(limit)) {
            throw new IllegalArgumentException("a ratio is above 0, unlike " + limit);
        }
        this.limit = limit;
        this.factors = factors;
        this.weights = weights;
        this.beginsLater = beginsLater;
    }

    /**
     * Whether the canary is worse than {@code 1 + tolerance} times the stable side, from the start of the run or from any later
     * moment on.
     *
     * @param tolerance 0 for none
     */
    public static RateRatioTest worse(double tolerance) {
        return new RateRatioTest(1 + tolerance, FACTORS, WEIGHTS, true);
    }

    /** Whether the canary's error rate over the run is below {@code margin} times the stable side's: the test that ends well. */
    public static RateRatioTest within(double margin) {
        return new RateRatioTest(
                margin, new double[] {0.8, 2 / 3.0, 0.5, 1 / 3.0}, new double[] {0.25, 0.25, 0.25, 0.25}, false);
    }

    /** Before any cell, and without knowing how errors come. */
    public SequentialState start() {
        return start(Dispersion.UNKNOWN);
    }

    /** Before any cell, with what the stable side's cells before the run tell. */
    public SequentialState start(Dispersion known) {
        return SequentialState.start(this, known);
    }

    int terms() {
        return factors.length;
    }

    /** The prior weight that comes into play between two cells, for one term. */
    double weight(int term, int last, int cell) {
        return weights[term] * begun(last, cell);
    }

    /** The prior weight that comes into play between two cells, for all terms. */
    double begun(int last, int cell) {
        if (beginsLater) {
            return Beginnings.weight(last, cell);
        }
        return last < 0 ? 1 : 0;
    }

    /** The log likelihood ratio of a cell's errors at a share strictly between 0 and 1. */
    double logRatio(int term, double share, double canaryErrors, double stableErrors) {
        var assumed = at(limit, share);
        var other = at(limit * factors[term], share);
        return canaryErrors * StrictMath.log(other / assumed)
                + stableErrors * StrictMath.log((1 - other) / (1 - assumed));
    }

    /** The probability that an error is the canary's. */
    static double at(double ratio, double share) {
        return ratio * share / (ratio * share + 1 - share);
    }
}
