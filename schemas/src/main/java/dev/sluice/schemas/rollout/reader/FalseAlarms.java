package dev.sluice.schemas.rollout.reader;

/**
 * How often a limit that is looked at with every event takes back a good release: one that has half as many failures as it
 * allows. Failures are taken to come independently of each other, as a Poisson process, of which it is reckoned with what
 * probability its count is ever above the line of the limit, from the first look on.
 */
final class FalseAlarms {
    private static final double OF_A_GOOD_RELEASE = 0.5;
    /** Failures allowed by then; what crosses the line does so long before. */
    private static final int FAR = 80;

    private FalseAlarms() {}

    /** @param allowed how many failures the limit allows when it is looked at first; may be less than one */
    static double of(double allowed) {
        var whole = (int) Math.floor(allowed);
        var below = poisson(OF_A_GOOD_RELEASE * allowed, whole);
        var from = allowed;
        // the line lets one more through at each whole number, and until then the count only grows
        for (int next = whole + 1; next <= FAR; next++) {
            below = grown(below, poisson(OF_A_GOOD_RELEASE * (next - from), next - 1), next);
            from = next;
        }
        var kept = 0.0;
        for (var probability : below) {
            kept += probability;
        }
        return 1 - kept;
    }

    private static double[] poisson(double mean, int most) {
        var probabilities = new double[most + 1];
        probabilities[0] = Math.exp(-mean);
        for (int n = 1; n <= most; n++) {
            probabilities[n] = probabilities[n - 1] * mean / n;
        }
        return probabilities;
    }

    /** @param size one more than may have come so far; the last place is for what may come now */
    private static double[] grown(double[] below, double[] more, int size) {
        var sums = new double[size + 1];
        for (int had = 0; had < below.length; had++) {
            for (int came = 0; had + came < size; came++) {
                sums[had + came] += below[had] * more[came];
            }
        }
        return sums;
    }
}
