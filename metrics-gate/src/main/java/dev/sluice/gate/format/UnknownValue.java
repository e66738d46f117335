package dev.sluice.gate.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;

/**
 * Steps over the value of a field that nobody here knows, of whatever shape. What is larger or deeper than such values are, or
 * doubtful in any way, is left to the reader that explains what is wrong.
 */
final class UnknownValue {
    private static final int DEPTH = 8;
    private static final int FIELDS = 32;
    private static final int VALUES = 200;

    private final JsonParser parser;
    private int values;

    private UnknownValue(JsonParser parser) {
        this.parser = parser;
    }

    /** Leaves the parser at the value's last token where it says true. */
    static boolean isPlain(JsonParser parser) throws IOException {
        return new UnknownValue(parser).isPlain(0);
    }

    private boolean isPlain(int depth) throws IOException {
        if (++values > VALUES || depth > DEPTH) {
            return false;
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> isPlainObject(depth);
            case START_ARRAY -> isPlainArray(depth);
            case VALUE_STRING -> Names.isStorable(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Double.isFinite(parser.getDoubleValue());
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> true;
            default -> false;
        };
    }

    /** Few names, so that a list finds a double faster than a set. */
    private boolean isPlainObject(int depth) throws IOException {
        var names = new ArrayList<String>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            if (names.size() == FIELDS || names.contains(name) || !Names.isStorable(name)) {
                return false;
            }
            names.add(name);
            parser.nextToken();
            if (!isPlain(depth + 1)) {
                return false;
            }
        }
        return parser.currentToken() == JsonToken.END_OBJECT;
    }

    private boolean isPlainArray(int depth) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == null || !isPlain(depth + 1)) {
                return false;
            }
        }
        return true;
    }
}
