package dev.sluice.applier.mesh;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Weights as SMI's v1alpha1 has them: Kubernetes quantities, where {@code 500m} is a half and {@code 1k} a thousand. */
final class Quantity {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)([mkMG]?)");
    private static final Map<String, BigDecimal> UNITS = Map.of(
            "m", new BigDecimal("0.001"),
            "", BigDecimal.ONE,
            "k", new BigDecimal(1_000),
            "M", new BigDecimal(1_000_000),
            "G", new BigDecimal(1_000_000_000));

    private Quantity() {}

    /** Empty where it is no quantity; equal quantities are equal numbers. */
    static Optional<BigDecimal> read(Object value) {
        var match = FORM.matcher(value instanceof Number || value instanceof String ? value.toString() : "");
        return match.matches()
                ? Optional.of(new BigDecimal(match.group(1))
                        .multiply(UNITS.get(match.group(2)))
                        .stripTrailingZeros())
                : Optional.empty();
    }
}
