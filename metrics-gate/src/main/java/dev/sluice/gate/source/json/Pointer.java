package dev.sluice.gate.source.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A JSON pointer (RFC 6901) in which {@code *} stands for every element of an array. */
record Pointer(String text, List<String> segments) {
    private static final String EVERY = "*";

    /** @throws IllegalArgumentException names the setting */
    static Pointer of(String setting, String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException(setting + " " + text + " is no JSON pointer: it begins with /");
        }
        var segments = Arrays.stream(text.substring(1).split("/", -1))
                .map(segment -> segment.replace("~1", "/").replace("~0", "~"))
                .toList();
        return new Pointer(text, segments);
    }

    /** Whether it may well point to nothing. */
    boolean isForEvery() {
        return segments.contains(EVERY);
    }

    /** All that it points to, in order; what is not there is left out. */
    List<JsonNode> in(JsonNode root) {
        var found = List.of(root);
        for (var segment : segments) {
            var next = new ArrayList<JsonNode>();
            for (var node : found) {
                if (EVERY.equals(segment) && node.isArray()) {
                    node.forEach(next::add);
                } else {
                    var child = node.isArray() ? element(node, segment) : node.path(segment);
                    if (!child.isMissingNode()) {
                        next.add(child);
                    }
                }
            }
            found = next;
        }
        return found;
    }

    private static JsonNode element(JsonNode array, String segment) {
        return segment.matches("\\d{1,9}") ? array.path(Integer.parseInt(segment)) : array.path(segment);
    }
}
