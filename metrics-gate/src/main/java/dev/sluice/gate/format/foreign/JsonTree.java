package dev.sluice.gate.format.foreign;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** A JSON text as a tree, whose tokens are counted first: a tree takes many times the memory of its text. */
public final class JsonTree {
    private static final int MOST_TOKENS = 1_000_000;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxStringLength(1 << 16)
                            .maxNameLength(1024)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .build();

    private JsonTree() {}

    /** @throws IOException where it is no JSON, or too much */
    public static JsonNode of(byte[] value) throws IOException {
        try (var parser = MAPPER.createParser(value)) {
            var tokens = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (++tokens > MOST_TOKENS) {
                    throw new IOException("more than " + MOST_TOKENS + " tokens");
                }
            }
        }
        return MAPPER.readTree(value);
    }

    /** Numbers that JSON can't write come as texts, and so do 64-bit integers. NaN for what is no number. */
    static double number(JsonNode node) {
        if (node == null || node.isNumber()) {
            return node == null ? Double.NaN : node.doubleValue();
        }
        return node.isTextual() ? number(node.textValue()) : Double.NaN;
    }

    /** As Go, Java and JavaScript write them. */
    static double number(String text) {
        return switch (text) {
            case "+Inf", "Inf", "Infinity", "+Infinity" -> Double.POSITIVE_INFINITY;
            case "-Inf", "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> {
                try {
                    yield Double.parseDouble(text);
                } catch (NumberFormatException notANumber) {
                    yield Double.NaN;
                }
            }
        };
    }
}
