package dev.sluice.gate.core;

import dev.sluice.schemas.message.Verdict;

/** The canary's share of requests with its Wilson score interval at 95 % (Wilson 1927, JASA 22, 209-212). */
final class Share {
    private static final double Z = 1.959963984540054;

    private Share() {}

    /** In percent; null where there were no requests. */
    static Verdict.Share of(double canary, double stable) {
        var n = canary + stable;
        if (!(n > 0) || !Double.isFinite(n)) {
            return null;
        }
        var p = canary / n;
        var z2 = Z * Z;
        var centre = (p + z2 / (2 * n)) / (1 + z2 / n);
        var half = Z / (1 + z2 / n) * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n));
        return new Verdict.Share(percent(p), percent(Math.max(0, centre - half)), percent(Math.min(1, centre + half)));
    }

    private static double percent(double share) {
        return Math.round(share * 10_000) / 100.0;
    }
}
