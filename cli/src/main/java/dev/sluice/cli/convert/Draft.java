package dev.sluice.cli.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;

/** A rollout file in the making: one target, one strategy; and what could not be taken over. */
public final class Draft {
    static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String STRATEGY = "imported";

    private final ObjectNode file = JSON.objectNode();
    private final SequencedSet<String> notes = new LinkedHashSet<>();
    private final ObjectNode target;
    private final ObjectNode traffic = JSON.objectNode();
    private final ArrayNode queries = JSON.arrayNode();
    private final ArrayNode webhooks = JSON.arrayNode();
    private final String name;

    Draft(JsonNode object, Place place) {
        name = object.path("metadata").path("name").asText("application");
        var namespace = object.path("metadata").path("namespace").asText("default");
        file.put("version", "v1");
        file.put(
                "application",
                place.application() == null ? (namespace + "/" + name).toLowerCase(Locale.ROOT) : place.application());
        target = file.putObject("targets").putObject(place.target());
        target.put("cluster", place.cluster()).put("namespace", namespace).put("strategy", STRATEGY);
        note("target and cluster are called " + place.target() + " and " + place.cluster()
                + ": --target and --cluster say otherwise");
    }

    /** The object's own. */
    String name() {
        return name;
    }

    void note(String words) {
        notes.add(words);
    }

    void timeout(JsonNode seconds) {
        if (seconds.isInt()) {
            file.putObject("rolloutConfig").put("timeout", seconds.asInt() + "s");
        }
    }

    /** @param kind {@code canary} or {@code blueGreen} */
    void strategy(String kind, ObjectNode strategy) {
        file.putObject("strategies").putObject(STRATEGY).set(kind, strategy);
    }

    /** @param mesh as the rollout file names it */
    void route(String mesh, ObjectNode entry) {
        traffic.withArray(mesh).add(entry);
    }

    boolean hasRoute() {
        return !traffic.isEmpty();
    }

    void sessionAffinity(ObjectNode affinity) {
        traffic.set("sessionAffinity", affinity);
    }

    void query(ObjectNode query) {
        queries.add(query);
    }

    void webhook(ObjectNode webhook) {
        webhooks.add(webhook);
    }

    void afterDeployment(ObjectNode condition) {
        target.withObject("/constraints").withArray("afterDeployment").add(condition);
    }

    Imported done() {
        if (!queries.isEmpty()) {
            file.putObject("analysis").set("queries", queries);
        }
        if (!webhooks.isEmpty()) {
            file.set("webhooks", webhooks);
        }
        if (hasRoute()) {
            file.putArray("trafficManagement").add(traffic);
        }
        return new Imported(file, new ArrayList<>(notes));
    }

    static ObjectNode object() {
        return JSON.objectNode();
    }

    static ObjectNode step(String kind, ObjectNode content) {
        return JSON.objectNode().set(kind, content);
    }

    static ObjectNode approval() {
        return step("pause", object().put("untilApproved", true));
    }

    static ObjectNode pause(String duration) {
        return step("pause", object().put("duration", duration));
    }

    static ObjectNode weight(JsonNode weight) {
        return step("setWeight", object().set("weight", weight));
    }

    /**
     * Says of each key that isn't known that it is left out.
     *
     * @param where for people
     */
    void leftOut(JsonNode object, String where, List<String> known) {
        object.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                note(where + key + " has no equivalent and is left out");
            }
        });
    }
}
