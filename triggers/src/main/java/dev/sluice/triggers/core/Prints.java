package dev.sluice.triggers.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Short names of values: the same value has the same, whatever the order of its keys. */
public final class Prints {
    private static final int BYTES = 10;

    private Prints() {}

    public static String of(JsonNode value) {
        try {
            // as maps, for the order of a tree's keys is the order they were written in
            var ordered = Json.mapper().convertValue(value, Object.class);
            return of(Json.mapper().writeValueAsString(ordered));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written as JSON", e);
        }
    }

    static String of(Map<String, ?> parts) {
        return of(Json.mapper().<JsonNode>valueToTree(parts));
    }

    public static String of(String text) {
        try {
            var whole = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(whole, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
