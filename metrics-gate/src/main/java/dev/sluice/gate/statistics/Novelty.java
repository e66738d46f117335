package dev.sluice.gate.statistics;

import java.util.List;
import java.util.Optional;

/**
 * Whether a value (a kind of error, a log signature) is the canary's alone. The first sighting at the canary names a value; every
 * further one at the canary, while the stable side has none, would happen by chance with probability s, the canary's
 * share of requests: an e-value of {@code (1/s)^(sightings - 1)}, and 0 from the stable side's first on. The m-th value that turns up
 * has the bar {@code m (m+1) / α}, so that over all values, at all times, a false alarm happens with probability α at most.
 */
public final class Novelty {
    private Novelty() {}

    /**
     * A value and how often each side showed it.
     *
     * @param isOld whether the stable side had shown it before the run, so that it is no candidate
     */
    public record Sighting(String value, double canary, double stable, boolean isOld) {}

    /**
     * A value that is the canary's alone.
     *
     * @param logE the logarithm of its e-value
     * @param bar what that had to reach
     */
    public record Found(String value, double canary, double logE, double bar) {}

    /**
     * The value with the most evidence, if that reaches its bar.
     *
     * @param sightings in the order in which the canary first showed the values
     * @param canaryRequests at one share, to the same time as the sightings
     * @param stableRequests the other side's
     * @param dispersion by how much sightings come in bunches ({@link Dispersion}); 1 for not at all
     */
    public static Optional<Found> find(
            List<Sighting> sightings, double canaryRequests, double stableRequests, double dispersion, double alpha) {
        var share = canaryRequests / (canaryRequests + stableRequests);
        if (!(share > 0 && share < 1) || !(dispersion >= 1)) {
            return Optional.empty();
        }
        Found best = null;
        int turnedUp = 0;
        for (var sighting : sightings) {
            turnedUp += isCandidate(sighting) ? 1 : 0;
            var logE = isTheCanarysAlone(sighting) ? logE(sighting, share, dispersion) : 0;
            var bar = bar(turnedUp, alpha);
            if (logE >= bar && (best == null || logE > best.logE)) {
                best = new Found(sighting.value(), sighting.canary(), logE, bar);
            }
        }
        return Optional.ofNullable(best);
    }

    /** Sightings at the canary that a value needs, with none at the stable side, if it is the {@code m}-th to turn up. */
    public static double sightingsNeeded(int m, double share, double dispersion, double alpha) {
        return 1 + Math.ceil(dispersion * bar(m, alpha) / -StrictMath.log(share) - 1e-9);
    }

    /** All that the canary showed count, also what the stable side showed later: it was looked at too. */
    private static boolean isCandidate(Sighting sighting) {
        return !sighting.isOld() && sighting.canary() > 0;
    }

    private static boolean isTheCanarysAlone(Sighting sighting) {
        return !sighting.isOld() && sighting.canary() > 1 && sighting.stable() == 0;
    }

    private static double logE(Sighting sighting, double share, double dispersion) {
        return (sighting.canary() - 1) / dispersion * -StrictMath.log(share);
    }

    private static double bar(int m, double alpha) {
        return Nats.bar(alpha) + StrictMath.log(Math.max(1, m) * (Math.max(1, m) + 1.0));
    }
}
