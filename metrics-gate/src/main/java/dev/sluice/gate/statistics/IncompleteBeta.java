package dev.sluice.gate.statistics;

/**
 * The regularized incomplete beta function, by its continued fraction (Lentz' method; Numerical Recipes 6.4). It is the binomial
 * distribution's tail: {@code P(Bin(n, p) >= k) = I_p(k, n - k + 1)}.
 */
final class IncompleteBeta {
    private static final double PRECISION = 1e-12;
    private static final double TINY = 1e-300;
    private static final int MOST_TERMS = 10_000;

    private IncompleteBeta() {}

    /**
     * @param x from 0 to 1
     * @param a above 0, likewise {@code b}
     */
    static double of(double x, double a, double b) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        var front = StrictMath.exp(a * StrictMath.log(x) + b * StrictMath.log1p(-x) - LogGamma.beta(a, b));
        // the fraction converges fast below the mean, and the two tails add up to one
        return x < (a + 1) / (a + b + 2) ? front * fraction(x, a, b) / a : 1 - front * fraction(1 - x, b, a) / b;
    }

    private static double fraction(double x, double a, double b) {
        double c = 1;
        var d = 1 / notZero(1 - (a + b) * x / (a + 1));
        var h = d;
        for (int m = 1; m <= MOST_TERMS; m++) {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / notZero(1 + even * d);
            c = notZero(1 + even / c);
            h *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / notZero(1 + odd * d);
            c = notZero(1 + odd / c);
            var step = d * c;
            h *= step;
            if (Math.abs(step - 1) < PRECISION) {
                break;
            }
        }
        return h;
    }

    private static double notZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }
}
