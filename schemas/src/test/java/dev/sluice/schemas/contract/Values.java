package dev.sluice.schemas.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Which values a schema lists, and of which types its values are. */
final class Values {
    private static final Set<String> ALL = Set.of("object", "array", "string", "number", "integer", "boolean", "null");

    private Values() {}

    static Set<String> types(JsonNode schema) {
        var types = new TreeSet<String>();
        if (schema.has("type")) {
            var said = schema.get("type");
            if (said.isTextual()) {
                types.add(said.asText());
            } else {
                said.forEach(type -> types.add(type.asText()));
            }
        } else if (schema.has("enum") || schema.has("const")) {
            listed(schema).forEach(value -> types.add(type(value)));
        } else {
            types.addAll(ALL);
        }
        if (types.contains("number")) {
            types.add("integer");
        }
        return types;
    }

    /** Whether all that {@code from} lists is listed, or needs not be. */
    static boolean allows(JsonNode to, JsonNode from) {
        var taken = listed(to);
        return taken.isEmpty() || (!listed(from).isEmpty() && taken.containsAll(listed(from)));
    }

    /** Of a condition, or of a list. */
    static Set<JsonNode> of(JsonNode listing) {
        return listing.isArray() ? entries(listing) : listed(listing);
    }

    private static Set<JsonNode> listed(JsonNode schema) {
        return schema.has("const") ? Set.of(schema.get("const")) : entries(schema.path("enum"));
    }

    private static Set<JsonNode> entries(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).collect(Collectors.toSet());
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            default -> "null";
        };
    }
}
