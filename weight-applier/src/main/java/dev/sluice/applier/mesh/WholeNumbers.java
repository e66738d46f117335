package dev.sluice.applier.mesh;

import dev.sluice.schemas.Weight;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A weight in whole numbers that add up exactly: of 100, or where that can't be of 1,000 or 10,000. What other backends
 * have stays the same share of all the traffic (B17); where their numbers fit none of these totals, the smallest whole
 * numbers with the same shares are taken.
 *
 * @param others in the order in which they were given
 */
record WholeNumbers(BigInteger active, BigInteger canary, List<BigInteger> others) {
    private static final BigInteger WHOLE = BigInteger.valueOf(100_00);
    private static final List<BigInteger> TOTALS =
            Stream.of(100, 1_000, 10_000).map(BigInteger::valueOf).toList();

    static WholeNumbers of(Weight weight) {
        return of(weight, BigDecimal.ONE, List.of());
    }

    /**
     * @param weight the canary's percentage of what the pair has
     * @param pair what active and canary have together, in the same unit as the others
     */
    static WholeNumbers of(Weight weight, BigDecimal pair, List<BigDecimal> others) {
        var scale = Stream.concat(Stream.of(pair), others.stream())
                .mapToInt(number -> Math.max(0, number.stripTrailingZeros().scale()))
                .max()
                .orElse(0);
        var both = whole(pair, scale);
        var canary = both.multiply(BigInteger.valueOf(weight.hundredths()));
        var active = both.multiply(WHOLE).subtract(canary);
        var rest = others.stream()
                .map(number -> whole(number, scale).multiply(WHOLE))
                .toList();
        return new WholeNumbers(active, canary, rest).reduced();
    }

    /**
     * The same where no number is above the bound, else the nearest that has none: the two still divide what they have exactly,
     * and only what they have beside the others is rounded.
     */
    WholeNumbers within(BigInteger most) {
        var largest = others.stream().reduce(active.max(canary), BigInteger::max);
        if (largest.compareTo(most) <= 0) {
            return this;
        }
        var unit = active.gcd(canary);
        var times = most.multiply(unit).divide(largest).max(BigInteger.ONE);
        return new WholeNumbers(
                        active.divide(unit).multiply(times),
                        canary.divide(unit).multiply(times),
                        others.stream()
                                .map(number -> rounded(number.multiply(times), unit)
                                        .min(most)
                                        .max(BigInteger.ONE))
                                .toList())
                .reduced();
    }

    private static BigInteger rounded(BigInteger number, BigInteger divisor) {
        return number.add(number).add(divisor).divide(divisor.add(divisor));
    }

    private static BigInteger whole(BigDecimal number, int scale) {
        return number.movePointRight(scale).toBigIntegerExact();
    }

    private WholeNumbers reduced() {
        var all = new ArrayList<>(others);
        all.add(active);
        all.add(canary);
        var divisor = all.stream().reduce(BigInteger.ZERO, BigInteger::gcd);
        if (divisor.signum() == 0) {
            return this;
        }
        var sum = all.stream().reduce(BigInteger.ZERO, BigInteger::add).divide(divisor);
        var factor = TOTALS.stream()
                .filter(total -> total.mod(sum).signum() == 0)
                .findFirst()
                .map(total -> total.divide(sum))
                .orElse(BigInteger.ONE);
        return new WholeNumbers(
                active.divide(divisor).multiply(factor),
                canary.divide(divisor).multiply(factor),
                others.stream()
                        .map(number -> number.divide(divisor).multiply(factor))
                        .toList());
    }
}
