package dev.sluice.schemas.rollout.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.mesh.MeshEntry.Named;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Entries of the form {@code {<object>: {name, <rule>}, activeService, canaryService}}, which most meshes have: the user's
 * own object, edited in place.
 */
final class Entries {
    private static final String ACTIVE = "activeService";
    private static final String CANARY = "canaryService";

    private Entries() {}

    /**
     * @param object the key of the object
     * @param rules keys below it that say which part of it is meant; the first that is there counts
     */
    static Optional<Named> ofServices(JsonNode entry, String kind, String object, String... rules) {
        var name = entry.path(object).path("name");
        if (!name.isTextual()
                || !entry.path(ACTIVE).isTextual()
                || !entry.path(CANARY).isTextual()) {
            return Optional.empty();
        }
        var active = entry.path(ACTIVE).textValue();
        var canary = entry.path(CANARY).textValue();
        return Optional.of(new Named(
                kind,
                name.textValue(),
                rule(entry.path(object), rules),
                active,
                canary,
                Map.of(object, plain(entry.path(object)), ACTIVE, active, CANARY, canary)));
    }

    /** What is read, and beside it an object that the entry may name. */
    static Named also(Named named, JsonNode entry, String key) {
        if (!entry.has(key)) {
            return named;
        }
        var filled = new HashMap<>(named.entry());
        filled.put(key, plain(entry.path(key)));
        return new Named(named.kind(), named.object(), named.rule(), named.active(), named.canary(), filled);
    }

    /** The first of these that says something. */
    static String rule(JsonNode object, String... keys) {
        for (var key : keys) {
            if (object.path(key).isValueNode() && !object.path(key).isNull()) {
                return object.path(key).asText();
            }
        }
        return null;
    }

    static Map<String, Object> plain(JsonNode object) {
        var plain = new HashMap<String, Object>();
        object.properties().forEach(field -> {
            if (field.getValue().isInt()) {
                plain.put(field.getKey(), field.getValue().intValue());
            } else if (field.getValue().isValueNode()) {
                plain.put(field.getKey(), field.getValue().asText());
            }
        });
        return Map.copyOf(plain);
    }
}
