package dev.sluice.gate.statistics;

import java.util.Arrays;

/**
 * By how much the canary's values are shifted against the stable side's: the Hodges-Lehmann estimate and the confidence interval of the
 * Mann-Whitney U test in normal approximation, with correction for continuity and ties (Bauer, JASA 1972), found as R's
 * {@code wilcox.test(exact = FALSE)} and Kayenta find them.
 */
public final class MannWhitney {
    private MannWhitney() {}

    /** A shift with its bounds. */
    public record Shift(double lower, double estimate, double upper) {}

    /**
     * Of values of which none is NaN.
     *
     * @throws IllegalArgumentException where all values are the same after a shift, so that nothing can be said
     */
    public static Shift shift(double[] canary, double[] stable, double confidence) {
        var z = Normal.quantile(1 - (1 - confidence) / 2);
        var ranks = new Ranks(canary, stable);
        var least = min(canary) - max(stable);
        var most = max(canary) - min(stable);
        return new Shift(
                bound(ranks, least, most, z),
                Root.between(least, most, shift -> ranks.score(shift)),
                bound(ranks, least, most, -z));
    }

    private static double bound(Ranks ranks, double least, double most, double z) {
        if (ranks.score(least) - z <= 0) {
            return least;
        }
        if (ranks.score(most) - z >= 0) {
            return most;
        }
        return Root.between(least, most, shift -> ranks.score(shift) - z);
    }

    /** The share of pairs in which the canary's value is the larger, ties counting half (Vargha and Delaney 2000). */
    static double superiority(double[] canary, double[] stable) {
        return new Ranks(canary, stable).u(0) / ((double) canary.length * stable.length);
    }

    private static double min(double[] values) {
        return Arrays.stream(values).min().orElse(Double.NaN);
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElse(Double.NaN);
    }

    /** Both sides' values, for ranks after a shift. */
    private static final class Ranks {
        private final double[] canary;
        private final double[] stable;

        Ranks(double[] canary, double[] stable) {
            this.canary = sorted(canary);
            this.stable = sorted(stable);
        }

        /** A zero has no sign here, else it would be no tie. */
        private static double[] sorted(double[] values) {
            return Arrays.stream(values).map(value -> value + 0.0).sorted().toArray();
        }

        /** Pairs in which the canary's value, less the shift, is the larger, ties counting half. */
        double u(double shift) {
            double pairs = 0;
            int below = 0;
            int upTo = 0;
            for (var value : canary) {
                var shifted = value - shift;
                while (below < stable.length && stable[below] < shifted) {
                    below++;
                }
                upTo = Math.max(upTo, below);
                while (upTo < stable.length && stable[upTo] <= shifted) {
                    upTo++;
                }
                pairs += (below + upTo) / 2.0;
            }
            return pairs;
        }

        /** U's distance from its mean, corrected for continuity, in standard deviations. */
        double score(double shift) {
            double m = canary.length;
            double n = stable.length;
            var distance = u(shift) - m * n / 2;
            var corrected = distance - Math.signum(distance) * 0.5;
            var deviation = Math.sqrt(m * n / 12 * (m + n + 1 - ties(shift) / ((m + n) * (m + n - 1))));
            if (deviation == 0) {
                throw new IllegalArgumentException("all values are the same after a shift by " + shift);
            }
            return corrected / deviation;
        }

        private double ties(double shift) {
            var together = new double[canary.length + stable.length];
            for (int i = 0; i < canary.length; i++) {
                together[i] = canary[i] - shift;
            }
            System.arraycopy(stable, 0, together, canary.length, stable.length);
            Arrays.sort(together);
            double sum = 0;
            for (int from = 0, to = 0; from < together.length; from = to) {
                while (to < together.length && !(together[to] > together[from])) {
                    to++;
                }
                double tied = to - from;
                sum += tied * tied * tied - tied;
            }
            return sum;
        }
    }
}
