package dev.sluice.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.Examples;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.wire.Json;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/** Messages of an application, made of the schemas' examples. */
public final class Shop {
    public static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private Shop() {}

    public static Status status(String application, String target, long version) {
        return status(application, target, version, change -> {});
    }

    public static Status status(String application, String target, long version, Consumer<ObjectNode> change) {
        return example("status", "analyzing", Status.class, status -> {
            status.put("application", application).put("target", target).put("version", version);
            change.accept(status);
        });
    }

    public static Status weighing(String application, String target, int percent, Phase phase, Instant at) {
        return status(application, target, at.toEpochMilli(), status -> {
            status.put("phase", phase.word()).put("updatedAt", at.toString());
            ((ObjectNode) status.get("weight")).put("desired", percent).put("applied", percent);
        });
    }

    public static Audit decision(String application, String target, int number, String decision, Instant at) {
        return decision(application, target, "r1", number, decision, at);
    }

    public static Audit decision(
            String application, String target, String rollout, int number, String decision, Instant at) {
        return example(
                "audit",
                "step-entered",
                Audit.class,
                audit -> audit.put("id", application + "/" + number)
                        .put("application", application)
                        .put("target", target)
                        .put("rollout", rollout)
                        .put("decision", decision)
                        .put("time", at.toString())
                        .set(
                                "after",
                                Json.mapper()
                                        .valueToTree(
                                                Map.of("step", number, "phase", "Progressing", "weight", number))));
    }

    public static Verdict verdict(String application, String target, int run) {
        return example(
                "verdict",
                "fail",
                Verdict.class,
                verdict -> verdict.put("id", "r1/" + target + "/" + run)
                        .put("application", application)
                        .put("target", target)
                        .put("run", run));
    }

    private static <T> T example(String schema, String name, Class<T> type, Consumer<ObjectNode> change) {
        var text = Examples.valid(schema).stream()
                .filter(example -> example.path().endsWith("/" + name + ".json"))
                .findFirst()
                .orElseThrow()
                .text();
        try {
            var message = (ObjectNode) Json.mapper().readTree(text);
            change.accept(message);
            return Json.mapper().treeToValue(message, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String json(Object message) {
        try {
            return Json.mapper().writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
