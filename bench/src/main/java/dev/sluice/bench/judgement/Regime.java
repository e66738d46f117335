package dev.sluice.bench.judgement;

import java.util.Locale;

/**
 * The traffic that a release is judged on.
 *
 * @param requestsPerSecond of both sides together
 * @param share the canary's
 * @param ratio how many times more often the canary errs, once it is bad; 1 for a good release
 * @param badAfterSeconds when it turns bad
 * @param bunch whether errors come in bunches, of which the variance is twice that of single ones
 * @param firstPod how many times more often the first of the canary's five pods errs, whatever the release; 0 where pods aren't known
 */
record Regime(
        double requestsPerSecond, double share, double ratio, double badAfterSeconds, boolean bunch, double firstPod) {
    static final double ERROR_RATE = 0.003;
    static final double HORIZON_SECONDS = 1800;
    static final double LATE_SECONDS = 600;
    static final int PODS = 5;

    static Regime good(double requestsPerSecond, double share) {
        return new Regime(requestsPerSecond, share, 1, 0, false, 0);
    }

    Regime bad(double times) {
        return new Regime(requestsPerSecond, share, times, 0, bunch, firstPod);
    }

    Regime late() {
        return new Regime(requestsPerSecond, share, ratio, LATE_SECONDS, bunch, firstPod);
    }

    Regime withBunches() {
        return new Regime(requestsPerSecond, share, ratio, badAfterSeconds, true, firstPod);
    }

    Regime withPods(double first) {
        return new Regime(requestsPerSecond, share, ratio, badAfterSeconds, bunch, first);
    }

    boolean knowsPods() {
        return firstPod > 0;
    }

    double end() {
        return badAfterSeconds + HORIZON_SECONDS;
    }

    /** Requests a second of the canary. */
    double canary() {
        return requestsPerSecond * share;
    }

    double stable() {
        return requestsPerSecond - canary();
    }

    String words() {
        return String.format(Locale.ROOT, "%.0f rps, %.0f %%", requestsPerSecond, share * 100);
    }
}
