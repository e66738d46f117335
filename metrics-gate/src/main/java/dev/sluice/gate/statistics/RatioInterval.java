package dev.sluice.gate.statistics;

import java.util.function.DoublePredicate;

/**
 * An error rate over another with its bounds, which hold with probability 1 - alpha at all times at once: the ratios that a mixture with the
 * prior Beta(1/2, 1/2) does not reject (Krichevsky and Trofimov 1981).
 *
 * @param estimate NaN where nothing is known, infinite where only the canary has errors
 * @param upper infinite where nothing is known
 */
public record RatioInterval(double lower, double estimate, double upper) {
    static final RatioInterval UNKNOWN = new RatioInterval(0, Double.NaN, Double.POSITIVE_INFINITY);

    private static final int HALVINGS = 60;

    /** @param share the canary's, of requests */
    static RatioInterval of(double canaryErrors, double stableErrors, double share, double alpha) {
        if (!(share > 0 && share < 1) || !(canaryErrors + stableErrors > 0)) {
            return UNKNOWN;
        }
        var actual = canaryErrors / (canaryErrors + stableErrors);
        var coin = new Coin(0.5, 0.5);
        var bar = Nats.bar(alpha);
        var lower = bound(0, actual, p -> coin.logE(canaryErrors, stableErrors, p) >= bar);
        var upper = 1 - bound(0, 1 - actual, p -> coin.logE(stableErrors, canaryErrors, p) >= bar);
        return new RatioInterval(ratio(lower, share), ratio(actual, share), ratio(upper, share));
    }

    /** The least probability that isn't refused, between one that is (or none at all) and one that isn't. */
    private static double bound(double refused, double kept, DoublePredicate isRefused) {
        var low = refused;
        var high = kept;
        for (int i = 0; i < HALVINGS && high - low > high * 1e-12; i++) {
            var middle = (low + high) / 2;
            if (isRefused.test(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double ratio(double probability, double share) {
        return probability / (1 - probability) * (1 - share) / share;
    }
}
