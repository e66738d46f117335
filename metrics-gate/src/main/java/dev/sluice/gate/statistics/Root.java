package dev.sluice.gate.statistics;

import java.util.function.DoubleUnaryOperator;

/**
 * Brent's method (Algorithms for Minimization without Derivatives, 1973, chapter 4: "zero"), with the absolute tolerance that R's
 * {@code uniroot} has in {@code wilcox.test} and Kayenta has too: where a bound comes out follows from it, since ranks change in
 * steps. The root lies between b, the best so far, and c, with a before b.
 */
final class Root {
    private static final double TOLERANCE = 1e-4;
    private static final double EPSILON = 2.220446049250313e-16;
    private static final int MOST_STEPS = 1001;

    private final DoubleUnaryOperator f;
    private double a;
    private double b;
    private double c;
    private double fa;
    private double fb;
    private double fc;

    private Root(double from, double to, DoubleUnaryOperator f) {
        this.f = f;
        this.a = from;
        this.b = to;
        this.c = from;
        this.fa = f.applyAsDouble(from);
        this.fb = f.applyAsDouble(to);
        this.fc = fa;
    }

    /** Where f, which has different signs at both ends, is zero or changes its sign. */
    static double between(double from, double to, DoubleUnaryOperator f) {
        return new Root(from, to, f).find();
    }

    private double find() {
        if (fa == 0) {
            return a;
        }
        for (int step = 0; step < MOST_STEPS && fb != 0; step++) {
            var before = b - a;
            if (Math.abs(fc) < Math.abs(fb)) {
                swap();
            }
            var tolerance = 2 * EPSILON * Math.abs(b) + TOLERANCE / 2;
            if (Math.abs(c - b) / 2 <= tolerance || fb == 0) {
                return b;
            }
            move(next(before, tolerance), tolerance);
        }
        return b;
    }

    private void swap() {
        a = b;
        b = c;
        c = a;
        fa = fb;
        fb = fc;
        fc = fa;
    }

    private double next(double before, double tolerance) {
        var half = (c - b) / 2;
        if (Math.abs(before) < tolerance || Math.abs(fa) <= Math.abs(fb)) {
            return half;
        }
        double p;
        double q;
        if (a == c) {
            p = (c - b) * (fb / fa);
            q = 1 - fb / fa;
        } else {
            var r = fa / fc;
            var s = fb / fc;
            var t = fb / fa;
            p = t * ((c - b) * r * (r - s) - (b - a) * (s - 1));
            q = (r - 1) * (s - 1) * (t - 1);
        }
        if (p > 0) {
            q = -q;
        } else {
            p = -p;
        }
        var isInside = p < 0.75 * (c - b) * q - Math.abs(tolerance * q) / 2 && p < Math.abs(before * q / 2);
        return isInside ? p / q : half;
    }

    private void move(double next, double tolerance) {
        a = b;
        fa = fb;
        if (Math.abs(next) >= tolerance) {
            b += next;
        } else {
            b += next > 0 ? tolerance : -tolerance;
        }
        fb = f.applyAsDouble(b);
        if (fb * Math.signum(fc) > 0) {
            c = a;
            fc = fa;
        }
    }
}
