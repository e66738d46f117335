package dev.sluice.applier.core;

import dev.sluice.schemas.Weight;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;

/**
 * How a route's traffic is divided between its two backends, in whatever unit the object counts: 900 to 100 is the
 * same as 90 to 10, so shares are compared, never numbers.
 *
 * @param unit the smallest difference between two numbers where the object's total is fixed, so that a share may have to
 *     be rounded; 0 where every share can be exact
 */
public record Shares(BigDecimal active, BigDecimal canary, BigDecimal unit) {
    private static final BigDecimal HUNDREDTHS = BigDecimal.valueOf(100_00);

    /**
     * The canary's part of a total at a weight: exact, or in whole units the nearest, where more than nothing is at least one
     * unit and less than all leaves at least one.
     */
    public static BigDecimal part(BigDecimal total, Weight weight, BigDecimal unit) {
        var exact = total.multiply(BigDecimal.valueOf(weight.hundredths())).divide(HUNDREDTHS);
        if (unit.signum() == 0 || weight.isZero() || weight.equals(Weight.FULL)) {
            return exact;
        }
        var rounded = exact.divide(unit, 0, RoundingMode.HALF_UP).multiply(unit);
        return total.compareTo(unit.add(unit)) < 0 ? rounded : rounded.max(unit).min(total.subtract(unit));
    }

    /** A backend that the object doesn't list gets nothing. */
    static Shares of(Routed routed, String active, String canary) {
        return of(new Routed.Part(routed.weights(), routed.unit()), active, canary);
    }

    static Shares of(Routed.Part part, String active, String canary) {
        var weights = part.weights();
        return new Shares(
                weights.getOrDefault(active, BigDecimal.ZERO),
                weights.getOrDefault(canary, BigDecimal.ZERO),
                part.unit());
    }

    static Shares allTo(String backend, String active, String canary) {
        return of(Routed.by(backend == null ? Map.of() : Map.of(backend, BigDecimal.ONE), null), active, canary);
    }

    boolean canaryHasNone() {
        return canary.signum() == 0;
    }

    boolean activeHasNone() {
        return active.signum() == 0;
    }

    /** Where others have all the traffic, the canary's nothing is all that can be had. */
    public boolean isAt(Weight weight) {
        return total().signum() > 0 ? compareCanaryTo(weight) == 0 : weight.isZero();
    }

    boolean canaryBelow(Weight weight) {
        return compareCanaryTo(weight) < 0;
    }

    boolean canaryAbove(Weight weight) {
        return compareCanaryTo(weight) > 0;
    }

    /** Of 1; 0 where neither has anything. */
    public BigDecimal canaryPart() {
        return total().signum() == 0 ? BigDecimal.ZERO : canary.divide(total(), MathContext.DECIMAL64);
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
        return canary.compareTo(part(total(), weight, unit));
    }

    private BigDecimal total() {
        return active.add(canary);
    }
}
