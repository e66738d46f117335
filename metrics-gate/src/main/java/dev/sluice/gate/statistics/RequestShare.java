package dev.sluice.gate.statistics;

/**
 * The canary's share of requests around a cell. A cell's own counts tell it where there are enough of them; where there are few,
 * so much of what came before is kept as is needed, which is forgotten at once when the cell contradicts it: weights
 * change while a run goes on.
 */
record RequestShare(double canary, double stable) {
    static final RequestShare UNKNOWN = new RequestShare(0, 0);

    /** Requests of a side that make the share known to a seventh. */
    private static final double ENOUGH = 50;

    /** Nats at which a cell's own share is hardly a chance: one in 150. To forget too often only costs sharpness. */
    private static final double CONTRADICTION = 5;

    RequestShare after(double canaryRequests, double stableRequests) {
        var kept = isContradictedBy(canaryRequests, stableRequests)
                ? 0
                : Math.max(lacking(canaryRequests, canary), lacking(stableRequests, stable));
        return new RequestShare(kept * canary + canaryRequests, kept * stable + stableRequests);
    }

    private static double lacking(double counted, double before) {
        if (counted >= ENOUGH) {
            return 0;
        }
        return before <= ENOUGH - counted ? 1 : (ENOUGH - counted) / before;
    }

    boolean isContradictedBy(double canaryRequests, double stableRequests) {
        var requests = canaryRequests + stableRequests;
        var expected = (canary + 0.5) / (canary + stable + 1);
        var nats = Nats.times(canaryRequests, canaryRequests / requests / expected)
                + Nats.times(stableRequests, stableRequests / requests / (1 - expected));
        return canary + stable > 0 && nats > CONTRADICTION;
    }

    /** Between 0 and 1; NaN where there were no requests. */
    double value() {
        return canary / (canary + stable);
    }
}
