package dev.sluice.triggers.cdevents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.wire.Json;
import java.time.Instant;

/**
 * One event as the specification has it (https://github.com/cdevents/spec, v0.5.1). The CloudEvent that carries it says the same id,
 * source, type, subject and time.
 *
 * @param id the same whenever the same is told again
 * @param type such as {@code service.upgraded}
 * @param chain the rollout
 */
public record CdEvent(String id, String type, String chain, Instant time, String subject, ObjectNode content) {
    public static final String SOURCE = "/sluice";

    private static final String SPEC = "0.5.1";
    private static final String VERSION = ".0.3.0";

    /** With the version that the specification gives to this type. */
    public String fullType() {
        return "dev.cdevents." + type + VERSION;
    }

    /** The whole of it, which is the CloudEvent's data. */
    public ObjectNode json() {
        var json = Json.mapper().createObjectNode();
        json.putObject("context")
                .put("specversion", SPEC)
                .put("id", id)
                .put("source", SOURCE)
                .put("type", fullType())
                .put("timestamp", time.toString())
                .put("chainId", chain);
        json.putObject("subject").put("id", subject).put("source", SOURCE).set("content", content);
        return json;
    }
}
