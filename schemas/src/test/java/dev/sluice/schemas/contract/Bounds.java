package dev.sluice.schemas.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** Keywords that bound a value: whether one bound allows all that another does. */
final class Bounds {
    private Bounds() {}

    /**
     * Missing: no bound.
     *
     * @param allowed what the keyword says where values come from
     * @param takes what it says where they go
     */
    static boolean allow(String keyword, JsonNode allowed, JsonNode takes) {
        if (takes.isMissingNode()) {
            return true;
        }
        if (allowed.isMissingNode()) {
            return isNoBound(keyword, takes);
        }
        return switch (keyword) {
            case "minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties" ->
                takes.decimalValue().compareTo(allowed.decimalValue()) <= 0;
            case "maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties" ->
                takes.decimalValue().compareTo(allowed.decimalValue()) >= 0;
            case "multipleOf" ->
                allowed.decimalValue().remainder(takes.decimalValue()).compareTo(BigDecimal.ZERO) == 0;
            case "uniqueItems" -> allowed.booleanValue() || !takes.booleanValue();
            // patterns, formats, conditions: nobody can say which of two different ones is the wider
            default -> allowed.equals(takes);
        };
    }

    private static boolean isNoBound(String keyword, JsonNode takes) {
        return switch (keyword) {
            case "minLength", "minItems", "minProperties" -> takes.asInt() == 0;
            case "uniqueItems" -> !takes.booleanValue();
            default -> false;
        };
    }
}
