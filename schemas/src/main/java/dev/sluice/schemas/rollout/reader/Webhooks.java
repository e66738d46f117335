package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.Webhook;
import dev.sluice.schemas.rollout.cel.AnswerExpression;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The file's webhooks: what a schema can't say about them, and the calls that steps make of them. */
final class Webhooks {
    private static final String CALLED = "^https?://.+";
    private static final String ANY_NAME = "\\{\\{[^{}]*}}";

    private record Written(JsonNode node, Pointer at) {}

    private final Map<String, Written> byName = new LinkedHashMap<>();
    private final ContextValues context;
    private final Durations durations;
    private final Problems problems;

    /** @param durations tells of those that are out of bounds where the file's shape is valid */
    Webhooks(JsonNode file, ContextValues context, Durations durations, Problems problems) {
        var webhooks = file.path("webhooks");
        for (int i = 0; i < webhooks.size(); i++) {
            var webhook = new Written(webhooks.path(i), Pointer.of("webhooks").to(i));
            byName.putIfAbsent(webhook.node().path("name").asText(), webhook);
        }
        this.context = context;
        this.durations = durations;
        this.problems = problems;
    }

    void check() {
        var placeholders = new Placeholders(problems);
        byName.values().forEach(webhook -> {
            var node = webhook.node();
            var at = webhook.at();
            placeholders.check(node.path("uriTemplate").asText(), at.to("uriTemplate"));
            placeholders.check(node.path("bodyTemplate").path("inline").asText(), bodyAt(at));
            var names = new HashSet<String>();
            for (int i = 0; i < node.path("headers").size(); i++) {
                var header = node.path("headers").path(i);
                var here = at.to("headers").to(i);
                placeholders.check(header.path("value").asText(), here.to("value"));
                if (!names.add(header.path("key").asText().toLowerCase(Locale.ROOT))) {
                    problems.add(here.to("key"), "`" + header.path("key").asText() + "` is there twice");
                }
            }
            errorExpression(node.path("errorExpression"), at.to("errorExpression"));
        });
    }

    private void errorExpression(JsonNode expression, Pointer at) {
        if (expression.isTextual()) {
            try {
                AnswerExpression.of(expression.textValue());
            } catch (IllegalArgumentException e) {
                problems.add(at, e.getMessage());
            }
        }
    }

    /**
     * Null where there is none of that name, which has been told.
     *
     * @param step of a valid shape
     */
    Webhook calledBy(JsonNode step) {
        var webhook = byName.get(step.path("name").asText());
        return webhook == null ? null : filled(webhook.node(), webhook.at(), step.path("context"));
    }

    private Webhook filled(JsonNode node, Pointer at, JsonNode own) {
        var body = node.path("bodyTemplate").path("inline").textValue();
        return new Webhook(
                node.path("name").asText(),
                node.path("method").asText(Webhook.POST),
                uri(node, at.to("uriTemplate"), own),
                headers(node.path("headers"), at.to("headers"), own),
                body == null ? null : filled(body, bodyAt(at), own),
                node.path("retryCount").asInt(0),
                duration(node, "backoff", at, Webhook.BACKOFF),
                duration(node, "timeout", at, Webhook.TIMEOUT),
                node.path("errorExpression").textValue(),
                node.path("disableCallback").asBoolean(false),
                duration(node, "callbackTimeout", at, Webhook.CALLBACK_TIMEOUT));
    }

    private String uri(JsonNode node, Pointer at, JsonNode own) {
        var uri = filled(node.path("uriTemplate").asText(), at, own);
        try {
            // a secret may be all of it
            if (!URI.create(uri.replaceAll(ANY_NAME, "https://x").replaceAll("(?<=.)https://x", "x"))
                    .toString()
                    .matches(CALLED)) {
                problems.add(at, "comes to `" + uri + "`, which does not begin with http:// or https://");
            }
        } catch (IllegalArgumentException e) {
            problems.add(at, "comes to `" + uri + "`, which is no address: " + e.getMessage());
        }
        return uri;
    }

    private Map<String, String> headers(JsonNode headers, Pointer at, JsonNode own) {
        var read = new TreeMap<String, String>();
        for (int i = 0; i < headers.size(); i++) {
            var here = at.to(i).to("value");
            var value = filled(headers.path(i).path("value").asText(), here, own);
            if (value.chars().anyMatch(Character::isISOControl)) {
                problems.add(here, "has a line break or another control character");
            }
            read.put(headers.path(i).path("key").asText(), value);
        }
        return read;
    }

    private String filled(String template, Pointer at, JsonNode own) {
        return context.counted(Placeholders.ofWebhook(template, context.with(own, at)));
    }

    private Duration duration(JsonNode node, String key, Pointer at, Duration defaultsTo) {
        return durations.positive(durations.read(node.path(key), at.to(key), defaultsTo), at.to(key));
    }

    private static Pointer bodyAt(Pointer at) {
        return at.to("bodyTemplate").to("inline");
    }
}
