package dev.sluice.applier.core;

import dev.sluice.schemas.Weight;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/**
 * How a route's traffic is divided between its two backends, in whatever unit the object counts: 900 to 100 is the
 * same as 90 to 10, so shares are compared, never numbers.
 */
public record Shares(BigDecimal active, BigDecimal canary) {
    private static final BigDecimal HUNDREDTHS = BigDecimal.valueOf(100_00);

    /** A backend that the object doesn't list gets nothing. */
    static Shares of(Map<String, BigDecimal> weights, String active, String canary) {
        return new Shares(weights.getOrDefault(active, BigDecimal.ZERO), weights.getOrDefault(canary, BigDecimal.ZERO));
    }

    static Shares allTo(String backend, String active, String canary) {
        return of(backend == null ? Map.of() : Map.of(backend, BigDecimal.ONE), active, canary);
    }

    boolean canaryHasNone() {
        return canary.signum() == 0;
    }

    boolean activeHasNone() {
        return active.signum() == 0;
    }

    /** Where others have all the traffic, the canary's nothing is all that can be had. */
    boolean are(Weight weight) {
        return total().signum() > 0 ? compareCanaryTo(weight) == 0 : weight.isZero();
    }

    boolean canaryBelow(Weight weight) {
        return compareCanaryTo(weight) < 0;
    }

    boolean canaryAbove(Weight weight) {
        return compareCanaryTo(weight) > 0;
    }

    /** The canary's share, rounded to what a weight can say. */
    Weight asWeight() {
        return total().signum() == 0
                ? Weight.ZERO
                : new Weight(canary.multiply(HUNDREDTHS)
                        .divide(total(), 0, RoundingMode.HALF_UP)
                        .intValueExact());
    }

    private int compareCanaryTo(Weight weight) {
        if (total().signum() == 0) {
            return Weight.ZERO.compareTo(weight);
        }
        return canary.multiply(HUNDREDTHS).compareTo(total().multiply(BigDecimal.valueOf(weight.hundredths())));
    }

    private BigDecimal total() {
        return active.add(canary);
    }
}
