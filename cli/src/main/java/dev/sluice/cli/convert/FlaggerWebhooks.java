package dev.sluice.cli.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Flagger's webhooks: each passes by its answer, and a gate that is asked until it opens is a person's approval here. */
final class FlaggerWebhooks {
    private final Draft draft;
    private final Set<String> written = new HashSet<>();

    FlaggerWebhooks(Draft draft) {
        this.draft = draft;
    }

    void before(JsonNode webhooks, ArrayNode steps) {
        of(webhooks, "confirm-rollout", webhook -> steps.add(approval(webhook)));
        of(webhooks, "pre-rollout", webhook -> steps.add(call(webhook)));
    }

    /** At each weight. */
    void along(JsonNode webhooks, ArrayNode steps) {
        of(webhooks, "rollout", webhook -> steps.add(call(webhook)));
    }

    void last(JsonNode webhooks, ArrayNode steps) {
        of(webhooks, "confirm-promotion", webhook -> steps.add(approval(webhook)));
    }

    void after(JsonNode webhooks) {
        of(webhooks, "post-rollout", webhook -> draft.afterDeployment(call(webhook)));
        for (var type : new String[] {"rollback", "event", "confirm-traffic-increase"}) {
            of(
                    webhooks,
                    type,
                    webhook -> draft.note(
                            "webhook " + name(webhook) + " (" + type
                                    + ") has no equivalent and is left out: 'sluice abort' goes back, and rollout.status tells every event"));
        }
    }

    private static void of(JsonNode webhooks, String type, Consumer<JsonNode> then) {
        for (var webhook : webhooks) {
            if (webhook.path("type").asText("rollout").equals(type)) {
                then.accept(webhook);
            }
        }
    }

    private ObjectNode approval(JsonNode webhook) {
        draft.note("webhook " + name(webhook) + " (" + webhook.path("type").asText()
                + ") was asked until it let the rollout pass: a person's approval stands in its place");
        return Draft.approval();
    }

    private ObjectNode call(JsonNode webhook) {
        if (written.add(name(webhook))) {
            draft.webhook(definition(webhook));
        }
        return Draft.step("runWebhook", Draft.object().put("name", name(webhook)));
    }

    private ObjectNode definition(JsonNode webhook) {
        var definition = Draft.object()
                .put("name", name(webhook))
                .put("method", "POST")
                .put("uriTemplate", webhook.path("url").asText())
                .put("disableCallback", true);
        if (webhook.path("timeout").isTextual()) {
            definition.put("timeout", webhook.path("timeout").asText());
        }
        if (webhook.path("retries").isInt()) {
            definition.put("retryCount", webhook.path("retries").asInt());
        }
        var body = Draft.object()
                .put("name", "{{sluice.application}}")
                .put("namespace", "{{sluice.namespace}}")
                .put("phase", "Progressing");
        if (webhook.path("metadata").toString().contains("{{")) {
            draft.note("webhook " + name(webhook) + ": its metadata has braces, and is left out");
        } else if (webhook.has("metadata")) {
            body.set("metadata", webhook.get("metadata"));
        }
        definition.putArray("headers").addObject().put("key", "Content-Type").put("value", "application/json");
        definition.putObject("bodyTemplate").put("inline", body.toString());
        return definition;
    }

    private static String name(JsonNode webhook) {
        return webhook.path("name").asText();
    }
}
