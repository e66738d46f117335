package dev.sluice.applier.mesh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.sluice.applier.core.Annotations;
import dev.sluice.schemas.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an annotation remembers of a route's own rules and mirrors, where the object doesn't tell them from a person's.
 *
 * @param ours prints of Sluice's rules for requests that match, of those that have no name
 * @param kept the same of its rules for clients that are kept
 * @param theirs prints of the rules for the canary alone that were there before
 * @param mirror the share of requests that Sluice's mirrors were written with, in percent; {@link #DROPPED} where the API
 *     server did not keep it and they were taken back; null: none
 */
record OwnMemory(List<String> ours, List<String> kept, List<String> theirs, String mirror) {
    static final OwnMemory NOTHING = new OwnMemory(List.of(), List.of(), List.of(), null);
    static final String DROPPED = "dropped";

    private static final String PREFIX = "sluice.dev/beside-";

    private static final ObjectWriter SORTED = Json.mapper().writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    static OwnMemory of(Document object, String route) {
        return read(object.text("metadata", "annotations", key(route)));
    }

    private static OwnMemory read(Object text) {
        if (text == null) {
            return NOTHING;
        }
        try {
            var json = Json.mapper().readTree(text.toString());
            return new OwnMemory(
                    texts(json.path("ours")),
                    texts(json.path("kept")),
                    texts(json.path("theirs")),
                    json.path("mirror").textValue());
        } catch (JsonProcessingException unreadable) {
            return NOTHING;
        }
    }

    /** Those of an object's rules that no route remembers as its own; of equal ones the last are Sluice's. */
    static List<Document> others(Document object, List<Document> rules) {
        if (!(object.at("metadata", "annotations") instanceof Map<?, ?> annotations)) {
            return rules;
        }
        var own = new ArrayList<String>();
        annotations.forEach((key, text) -> {
            if (String.valueOf(key).startsWith(PREFIX)) {
                own.addAll(read(text).unnamed());
            }
        });
        if (own.isEmpty()) {
            return rules;
        }
        var left = new ArrayList<Document>();
        for (var rule : rules.reversed()) {
            if (!own.remove(print(rule.content()))) {
                left.add(rule);
            }
        }
        return left.reversed();
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(item -> texts.add(item.asText()));
        return List.copyOf(texts);
    }

    /** With mirrors that the API server did not keep as they were written. */
    OwnMemory dropped() {
        return new OwnMemory(ours, kept, theirs, DROPPED);
    }

    /** Prints of all of Sluice's rules that have no name. */
    List<String> unnamed() {
        return Stream.concat(ours.stream(), kept.stream()).toList();
    }

    /** Whether there are mirrors of some requests, and not of all. */
    boolean copiesSome() {
        return mirror != null && !mirror.equals(DROPPED) && !mirror.equals("100");
    }

    void put(Document object, String route) {
        var content = new LinkedHashMap<String, Object>();
        if (!ours.isEmpty()) {
            content.put("ours", ours);
        }
        if (!kept.isEmpty()) {
            content.put("kept", kept);
        }
        if (!unnamed().isEmpty()) {
            content.put("theirs", theirs);
        }
        if (mirror != null) {
            content.put("mirror", mirror);
        }
        if (!content.isEmpty()) {
            object.open("metadata", "annotations").put(key(route), json(content));
        }
    }

    static void remove(Document object, String route) {
        if (object.at("metadata", "annotations") instanceof Map<?, ?> annotations) {
            annotations.remove(key(route));
        }
    }

    static String key(String route) {
        return Annotations.fenceKey(route).replace("sluice.dev/fence-", PREFIX);
    }

    /** The same for equal rules, in whatever order their keys stand. */
    static String print(Object rule) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(json(rule).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String json(Object content) {
        try {
            return SORTED.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain values can always be written", e);
        }
    }
}
