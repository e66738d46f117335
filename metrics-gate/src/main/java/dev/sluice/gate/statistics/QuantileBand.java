package dev.sluice.gate.statistics;

/**
 * Where a quantile lies, at all times at once with probability 1 - alpha: above {@code lower} and at most at {@code upper}. It is read
 * at a histogram's bounds only, where nothing has to be guessed, by testing at each how many values lie below it
 * (a {@link Coin}; compare Howard and Ramdas, "Sequential estimation of quantiles", Bernoulli 2022). At the true quantile that is one
 * test, whatever the number of bounds.
 *
 * @param lower minus infinity where it is not known
 * @param upper infinite where it is not known
 */
public record QuantileBand(double lower, double upper) {
    private static final double PRIOR_VALUES = 20;
    private static final QuantileBand UNKNOWN = new QuantileBand(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** @param quantile strictly between 0 and 1 */
    public static QuantileBand of(Histogram values, double quantile, double alpha) {
        if (!(quantile > 0 && quantile < 1)) {
            throw new IllegalArgumentException("a quantile lies between 0 and 1, unlike " + quantile);
        }
        var total = values.total();
        if (!(total > 0) || !Double.isFinite(total)) {
            return UNKNOWN;
        }
        var coin = Coin.around(quantile, PRIOR_VALUES);
        var bar = Nats.bar(alpha);
        var lower = Double.NEGATIVE_INFINITY;
        double below = 0;
        for (int i = 0; i < values.bounds(); i++) {
            below += values.count(i);
            var isCertain = coin.logE(below, Math.max(0, total - below), quantile) >= bar;
            if (isCertain && below > quantile * total) {
                return new QuantileBand(lower, values.bound(i));
            }
            if (isCertain) {
                lower = values.bound(i);
            }
        }
        return new QuantileBand(lower, Double.POSITIVE_INFINITY);
    }

    /**
     * Whether this quantile is certainly higher than {@code 1 + tolerance} times the other, for sizes that aren't negative. With bands of
     * alpha/2 each a false alarm ever happens with probability alpha at most.
     */
    public boolean isAbove(QuantileBand other, double tolerance) {
        return lower >= other.upper * (1 + tolerance) && Double.isFinite(lower);
    }
}
