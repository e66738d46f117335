package dev.sluice.gate.statistics;

/** The logarithm of the gamma function, by Lanczos' series (g = 7, 9 terms; Numerical Recipes 6.1): 13 digits. */
final class LogGamma {
    private static final double G = 7;
    private static final double[] SERIES = {
        0.9999999999998099,
        676.5203681218851,
        -1259.1392167224028,
        771.3234287776531,
        -176.6150291621406,
        12.507343278686905,
        -0.13857109526572012,
        9.984369578019572e-6,
        1.5056327351493116e-7
    };

    private LogGamma() {}

    /** @param x above 0 */
    static double of(double x) {
        if (x < 0.5) {
            return StrictMath.log(Math.PI / StrictMath.sin(Math.PI * x)) - of(1 - x);
        }
        var sum = SERIES[0];
        for (int i = 1; i < SERIES.length; i++) {
            sum += SERIES[i] / (x - 1 + i);
        }
        var t = x + G - 0.5;
        return 0.5 * StrictMath.log(2 * Math.PI) + (x - 0.5) * StrictMath.log(t) - t + StrictMath.log(sum);
    }

    static double beta(double a, double b) {
        return of(a) + of(b) - of(a + b);
    }
}
