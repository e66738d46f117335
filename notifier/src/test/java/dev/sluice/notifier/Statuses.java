package dev.sluice.notifier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.Examples;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.function.Consumer;

/** Statuses made of the schema's examples. */
public final class Statuses {
    /** When the examples were decided. */
    public static final Instant THEN = Instant.parse("2026-11-20T12:00:00Z");

    private Statuses() {}

    /** @param name of an example, such as {@code awaiting-approval} */
    public static Status example(String name) {
        return changed(name, json -> {});
    }

    public static Status changed(String name, Consumer<ObjectNode> change) {
        try {
            var json = (ObjectNode) Examples.valid("status").stream()
                    .filter(example -> example.path().endsWith("/" + name + ".json"))
                    .findFirst()
                    .map(example -> read(example.text()))
                    .orElseThrow();
            change.accept(json);
            return Json.mapper().treeToValue(json, Status.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of the rollout {@code r1} of {@code shop/checkout} to {@code prod}, decided as many seconds after {@link #THEN} as its version says. */
    public static Status status(long version, Phase phase) {
        return statusOf("r1", version, phase);
    }

    public static Status statusOf(String rollout, long version, Phase phase) {
        return changed(
                "awaiting-approval",
                json -> json.put("rollout", rollout)
                        .put("version", version)
                        .put("phase", phase.word())
                        .put("updatedAt", THEN.plusSeconds(version).toString()));
    }
}
