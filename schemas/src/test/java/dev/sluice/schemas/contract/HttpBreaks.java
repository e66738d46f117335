package dev.sluice.schemas.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where an OpenAPI 3.1 document breaks with an earlier form of itself. What is sent is looked at with a sender's eyes, and what is answered with
 * a reader's: here nobody reads what an earlier version answered.
 */
final class HttpBreaks {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    private final JsonNode oldRoot;
    private final JsonNode newRoot;
    private final List<Break> breaks = new ArrayList<>();

    private HttpBreaks(JsonNode oldRoot, JsonNode newRoot) {
        this.oldRoot = oldRoot;
        this.newRoot = newRoot;
    }

    static List<Break> between(JsonNode before, JsonNode now) {
        var comparison = new HttpBreaks(before, now);
        before.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (METHODS.contains(operation.getKey())) {
                        comparison.operation(path.getKey(), operation.getKey());
                    }
                }));
        return comparison.breaks;
    }

    private void operation(String path, String method) {
        var at = method.toUpperCase(java.util.Locale.ROOT) + " " + path;
        var old = oldRoot.path("paths").path(path).path(method);
        var current = newRoot.path("paths").path(path).path(method);
        if (current.isMissingNode()) {
            add(at, "is gone");
            return;
        }
        if (!old.path("operationId").equals(current.path("operationId"))) {
            add(at, "operationId: " + old.path("operationId") + " before, " + current.path("operationId") + " now");
        }
        security(at, old, current);
        parameters(at, old.path("parameters"), current.path("parameters"));
        body(at, resolved(old.path("requestBody"), oldRoot), resolved(current.path("requestBody"), newRoot));
        responses(at, old.path("responses"), current.path("responses"));
    }

    /** Whoever was let in by one of the ways before is let in by it now. */
    private void security(String at, JsonNode old, JsonNode current) {
        var was = old.has("security") ? old.get("security") : oldRoot.path("security");
        var is = current.has("security") ? current.get("security") : newRoot.path("security");
        if (was.isEmpty() && !is.isEmpty()) {
            add(at + "/security", "was open to everybody");
        }
        was.forEach(way -> {
            if (!is.isEmpty() && !contains(is, way)) {
                add(at + "/security", way + " is not enough any more");
            }
        });
    }

    private static boolean contains(JsonNode list, JsonNode one) {
        for (var other : list) {
            if (other.equals(one)) {
                return true;
            }
        }
        return false;
    }

    private void parameters(String at, JsonNode old, JsonNode current) {
        old.forEach(each -> {
            var parameter = resolved(each, oldRoot);
            var other = like(parameter, current, newRoot);
            if (other == null) {
                add(name(at, parameter), "is gone");
            } else {
                if (other.path("required").asBoolean()
                        && !parameter.path("required").asBoolean()) {
                    add(name(at, parameter), "is required now");
                }
                schema(name(at, parameter), parameter.path("schema"), other.path("schema"), View.SENDER);
            }
        });
        current.forEach(each -> {
            var parameter = resolved(each, newRoot);
            if (parameter.path("required").asBoolean() && like(parameter, old, oldRoot) == null) {
                add(name(at, parameter), "is new and required");
            }
        });
    }

    private static String name(String at, JsonNode parameter) {
        return at + "/" + parameter.path("in").asText() + "/"
                + parameter.path("name").asText();
    }

    private static JsonNode like(JsonNode parameter, JsonNode others, JsonNode root) {
        for (var each : others) {
            var other = resolved(each, root);
            if (other.path("name").equals(parameter.path("name"))
                    && other.path("in").equals(parameter.path("in"))) {
                return other;
            }
        }
        return null;
    }

    private void body(String at, JsonNode old, JsonNode current) {
        if (current.path("required").asBoolean() && !old.path("required").asBoolean()) {
            add(at + "/body", "is required now");
        }
        content(at + "/body", old, current, View.SENDER);
    }

    private void responses(String at, JsonNode old, JsonNode current) {
        old.properties().forEach(response -> {
            var path = at + "/" + response.getKey();
            if (current.has(response.getKey())) {
                content(
                        path,
                        resolved(response.getValue(), oldRoot),
                        resolved(current.get(response.getKey()), newRoot),
                        View.READER);
            } else {
                add(path, "is not answered any more");
            }
        });
        current.fieldNames().forEachRemaining(status -> {
            if (!old.has(status) && status.startsWith("2")) {
                add(at + "/" + status, "may be answered now");
            }
        });
    }

    private void content(String at, JsonNode old, JsonNode current, View view) {
        old.path("content").properties().forEach(type -> {
            var path = at + "/" + type.getKey();
            var other = current.path("content").path(type.getKey());
            if (other.isMissingNode()) {
                add(path, "is gone");
            } else {
                schema(path, type.getValue().path("schema"), other.path("schema"), view);
            }
        });
    }

    private void schema(String at, JsonNode old, JsonNode current, View view) {
        breaks.addAll(SchemaBreaks.between(old, current, at, oldRoot, newRoot, view));
    }

    private void add(String at, String words) {
        breaks.add(new Break(at, words));
    }

    private static JsonNode resolved(JsonNode node, JsonNode root) {
        return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
    }
}
