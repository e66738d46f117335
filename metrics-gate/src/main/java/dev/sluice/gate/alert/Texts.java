package dev.sluice.gate.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.gate.core.IdHash;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** What monitors' JSON says in texts, by name. */
final class Texts {
    private Texts() {}

    /** An object's fields that are texts, numbers or yes and no; empty ones say nothing. */
    static Map<String, String> of(JsonNode object) {
        var texts = new TreeMap<String, String>();
        for (var field : object.properties()) {
            var text = field.getValue().isValueNode() ? field.getValue().asText("") : "";
            if (!text.isEmpty() && !field.getValue().isNull()) {
                texts.put(field.getKey(), text);
            }
        }
        return texts;
    }

    /** By {@code a:b,c:d}, as Datadog writes tags. One without a value has the empty one, and says nothing. */
    static Map<String, String> ofTags(String tags) {
        var texts = new TreeMap<String, String>();
        for (var tag : tags.split(",", -1)) {
            var colon = tag.indexOf(':');
            if (colon > 0 && colon < tag.length() - 1) {
                texts.putIfAbsent(
                        tag.substring(0, colon).strip(),
                        tag.substring(colon + 1).strip());
            }
        }
        return texts;
    }

    static String fingerprint(Map<String, String> labels) {
        return hash(new TreeMap<>(labels).toString());
    }

    /** 32 hexadecimal digits that stand for a text of any length. */
    static String hash(String text) {
        var hash = IdHash.of(text);
        return HexFormat.of().toHexDigits(hash.high()) + HexFormat.of().toHexDigits(hash.low());
    }

    /** Says where the body stops to be JSON, and repeats nothing of it. */
    static Said unreadable(IOException e) {
        return new Said.Malformed("it is no JSON: "
                + (e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage()));
    }
}
