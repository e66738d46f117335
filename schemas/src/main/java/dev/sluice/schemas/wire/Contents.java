package dev.sluice.schemas.wire;

import com.fasterxml.jackson.databind.JsonNode;

/** The bounds on a document's strings and numbers. */
final class Contents {
    private static final int DECIMAL_DIGITS = 400;

    private Contents() {}

    static void check(JsonNode node) throws UnacceptableJson {
        if (node.isTextual()) {
            checkText(node.textValue());
        } else if (node.isNumber()) {
            checkNumber(node);
        } else if (node.isContainerNode()) {
            for (var entry : node.properties()) {
                checkText(entry.getKey());
            }
            for (var child : node) {
                check(child);
            }
        }
    }

    private static void checkText(String text) throws UnacceptableJson {
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == 0) {
                throw new UnacceptableJson("a string holds the character NUL");
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new UnacceptableJson("a string holds half a surrogate pair");
                }
                i++;
            }
        }
    }

    /** Arithmetic on 1e999999999 takes forever, so such numbers end here. */
    private static void checkNumber(JsonNode number) throws UnacceptableJson {
        if (number.isFloatingPointNumber()
                && (Math.abs((long) number.decimalValue().scale()) > DECIMAL_DIGITS
                        || !Double.isFinite(number.doubleValue()))) {
            throw new UnacceptableJson("a number is too large or too fine for a double");
        }
    }
}
