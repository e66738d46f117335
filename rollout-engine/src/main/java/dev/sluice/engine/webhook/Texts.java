package dev.sluice.engine.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.schemas.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What others wrote, fit for a status and for a header. */
final class Texts {
    private Texts() {}

    /** In one line, without control characters. */
    static String line(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    /** Missing where it is no JSON, or too deep. */
    static JsonNode json(String text) {
        try {
            var json = Json.mapper().readTree(text);
            return json == null ? MissingNode.getInstance() : json;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** As a header's value: what is no visible ASCII, and {@code %}, as the percent-encoding of its UTF-8. */
    static String header(String text) {
        var value = new StringBuilder();
        for (var b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f && b != '%') {
                value.append((char) b);
            } else {
                value.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
            }
        }
        return value.toString();
    }
}
