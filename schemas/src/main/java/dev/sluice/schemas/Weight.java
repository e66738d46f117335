package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The canary's share of a route's traffic, in percent: 0 to 100 with at most two decimals.
 * On the wire a JSON number, without trailing zeros.
 */
public record Weight(int hundredths) implements Comparable<Weight> {
    public static final Weight ZERO = new Weight(0);
    public static final Weight FULL = new Weight(100_00);

    public Weight {
        if (hundredths < 0 || hundredths > 100_00) {
            throw new IllegalArgumentException("a weight is a percentage from 0 to 100, not " + hundredths / 100.0);
        }
    }

    public static Weight percent(int percent) {
        return new Weight(Math.multiplyExact(percent, 100));
    }

    /** @throws IllegalArgumentException outside 0 to 100, or with more than two decimals */
    @JsonCreator
    public static Weight of(BigDecimal percent) {
        try {
            return new Weight(percent.movePointRight(2)
                    .setScale(0, RoundingMode.UNNECESSARY)
                    .intValueExact());
        } catch (ArithmeticException finerThanHundredths) {
            throw new IllegalArgumentException(
                    "a weight is a percentage from 0 to 100 with at most two decimals, not " + percent.toPlainString(),
                    finerThanHundredths);
        }
    }

    @JsonValue
    public BigDecimal percent() {
        var plain = BigDecimal.valueOf(hundredths, 2).stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0, RoundingMode.UNNECESSARY) : plain;
    }

    public boolean isZero() {
        return hundredths == 0;
    }

    public boolean above(Weight other) {
        return hundredths > other.hundredths;
    }

    @Override
    public int compareTo(Weight other) {
        return Integer.compare(hundredths, other.hundredths);
    }

    @Override
    public String toString() {
        return percent().toPlainString();
    }
}
