package dev.sluice.schemas.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Where a JSON Schema (2020-12) breaks with an earlier form of itself. A sender's values have to stay valid; a reader must get no value
 * that was not valid before. Both are the same question with the schemas' places changed: does {@code to} allow all that
 * {@code from} allows? Besides, no field may go: unknown ones are ignored, so that nobody would be told. What this doesn't understand
 * counts as a break.
 */
final class SchemaBreaks {
    private static final Set<String> NAMES_AND_WORDS =
            Set.of("$schema", "$id", "$defs", "$ref", "title", "description", "examples", "example", "x-grows");

    private final JsonNode oldRoot;
    private final JsonNode newRoot;
    private final View view;
    private final List<Break> breaks = new ArrayList<>();
    private final Set<String> compared = new HashSet<>();

    private SchemaBreaks(JsonNode oldRoot, JsonNode newRoot, View view) {
        this.oldRoot = oldRoot;
        this.newRoot = newRoot;
        this.view = view;
    }

    static List<Break> between(JsonNode before, JsonNode now, View view) {
        return between(before, now, "", before, now, view);
    }

    /** @param oldRoot the documents that references are looked up in */
    static List<Break> between(
            JsonNode before, JsonNode now, String at, JsonNode oldRoot, JsonNode newRoot, View view) {
        var comparison = new SchemaBreaks(oldRoot, newRoot, view);
        comparison.compare(before, now, at);
        return comparison.breaks;
    }

    private void compare(JsonNode before, JsonNode now, String at) {
        if (before.isMissingNode()
                || !compared.add(System.identityHashCode(before) + " " + System.identityHashCode(now))) {
            return;
        }
        var from = resolved(view == View.SENDER ? before : now, view == View.SENDER ? oldRoot : newRoot);
        var to = resolved(view == View.SENDER ? now : before, view == View.SENDER ? newRoot : oldRoot);
        var keywords = new TreeSet<String>();
        from.fieldNames().forEachRemaining(keywords::add);
        to.fieldNames().forEachRemaining(keywords::add);
        keywords.removeAll(NAMES_AND_WORDS);
        keywords.forEach(keyword -> keyword(keyword, from, to, at));
    }

    private void keyword(String keyword, JsonNode from, JsonNode to, String at) {
        var allowed = from.path(keyword);
        var takes = to.path(keyword);
        switch (keyword) {
            case "type", "enum", "const" -> values(keyword, from, to, at);
            case "required" ->
                names(takes)
                        .filter(name -> !names(allowed).toList().contains(name))
                        .forEach(name ->
                                add(at + "/" + name, view == View.SENDER ? "is required now" : "may be missing now"));
            case "properties" -> properties(from, to, at);
            case "additionalProperties" -> additional(allowed, takes, at);
            case "items" -> nested(allowed, takes, at + "/*");
            case "propertyNames", "then", "else" -> nested(allowed, takes, at + "/(" + keyword + ")");
            case "oneOf", "anyOf" -> alternatives(keyword, from, to, at);
            case "allOf" -> conditions(from, to, at);
            case "default" -> {
                if (!allowed.isMissingNode() && !takes.isMissingNode() && !allowed.equals(takes)) {
                    differ(keyword, from, to, at);
                }
            }
            default -> {
                if (!Bounds.allow(keyword, allowed, takes)) {
                    differ(keyword, from, to, at);
                }
            }
        }
    }

    private void values(String keyword, JsonNode from, JsonNode to, String at) {
        if (keyword.equals("type")) {
            if (!Values.types(to).containsAll(Values.types(from))) {
                differ(keyword, from, to, at);
            }
        } else if (!grows(from, to) && !Values.allows(to, from)) {
            differ(keyword, from, to, at);
        }
    }

    /** A list that readers were told may get longer. */
    private boolean grows(JsonNode from, JsonNode to) {
        return view == View.READER && to.path("x-grows").asBoolean() && from.has("enum");
    }

    private void properties(JsonNode from, JsonNode to, String at) {
        var before = (view == View.SENDER ? from : to).path("properties");
        var now = (view == View.SENDER ? to : from).path("properties");
        before.properties().forEach(field -> {
            var path = at + "/" + field.getKey();
            if (now.has(field.getKey())) {
                compare(field.getValue(), now.get(field.getKey()), path);
            } else {
                add(path, "is gone");
            }
        });
        now.fieldNames().forEachRemaining(name -> {
            if (!before.has(name) && view == View.READER && isClosed(to)) {
                add(at + "/" + name, "is new, and nothing new was to be expected");
            }
        });
    }

    private void additional(JsonNode allowed, JsonNode takes, String at) {
        if (allowed.isObject() && takes.isObject()) {
            nested(allowed, takes, at + "/*");
        } else if (!takes.isMissingNode() && !takes.asBoolean(false) && !isFalse(allowed)) {
            add(at + "/*", view == View.SENDER ? "unknown keys are not taken any more" : "unknown keys may come now");
        }
    }

    private void nested(JsonNode allowed, JsonNode takes, String at) {
        if (allowed.isMissingNode() && !takes.isMissingNode()) {
            add(
                    at,
                    view == View.SENDER
                            ? "has a schema now, and took anything"
                            : "may be anything now, and had a schema");
        } else if (!takes.isMissingNode()) {
            compare(view == View.SENDER ? allowed : takes, view == View.SENDER ? takes : allowed, at);
        }
    }

    /** Each alternative that may come has to be one of those that are taken. */
    private void alternatives(String keyword, JsonNode from, JsonNode to, String at) {
        if (!from.has(keyword)) {
            differ(keyword, from, to, at);
            return;
        }
        if (to.has(keyword)) {
            from.get(keyword).forEach(one -> {
                if (!any(to.get(keyword), other -> follows(one, other))) {
                    add(at, keyword + ": " + one + (view == View.SENDER ? " is not taken any more" : " may come now"));
                }
            });
        }
    }

    /** What has to hold of what is taken had to hold before, unless it only is about values that are new. */
    private void conditions(JsonNode from, JsonNode to, String at) {
        to.path("allOf").forEach(one -> {
            if (!any(from.path("allOf"), other -> follows(other, one)) && !isAboutNewValues(one, from)) {
                add(at, "allOf: " + one + (view == View.SENDER ? " has to hold now" : " need not hold any more"));
            }
        });
    }

    /** Whether all that one allows, the other allows. */
    private boolean follows(JsonNode from, JsonNode to) {
        return view == View.SENDER
                ? between(from, to, "", oldRoot, newRoot, view).isEmpty()
                : between(to, from, "", oldRoot, newRoot, view).isEmpty();
    }

    private static boolean any(JsonNode list, Predicate<JsonNode> holds) {
        return StreamSupport.stream(list.spliterator(), false).anyMatch(holds);
    }

    private static boolean isAboutNewValues(JsonNode condition, JsonNode before) {
        for (var field : condition.path("if").path("properties").properties()) {
            var known = before.path("properties").path(field.getKey()).path("enum");
            if (known.isArray() && Values.of(field.getValue()).stream().noneMatch(Values.of(known)::contains)) {
                return true;
            }
        }
        return false;
    }

    private void differ(String keyword, JsonNode from, JsonNode to, String at) {
        var before = view == View.SENDER ? from : to;
        var now = view == View.SENDER ? to : from;
        add(at, keyword + ": " + words(before.path(keyword)) + " before, " + words(now.path(keyword)) + " now");
    }

    private static String words(JsonNode value) {
        return value.isMissingNode() ? "none" : value.toString();
    }

    private void add(String at, String words) {
        breaks.add(new Break(at.isEmpty() ? "/" : at, words));
    }

    private static boolean isClosed(JsonNode schema) {
        return isFalse(schema.path("additionalProperties"));
    }

    private static boolean isFalse(JsonNode node) {
        return node.isBoolean() && !node.booleanValue();
    }

    private static Stream<String> names(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText);
    }

    /** What stands beside a reference holds as well. */
    private static JsonNode resolved(JsonNode schema, JsonNode root) {
        if (!schema.has("$ref")) {
            return schema.isObject() ? schema : MissingNode.getInstance();
        }
        var reference = schema.get("$ref").asText();
        if (!reference.startsWith("#")) {
            // of another document, which is compared on its own: only which one it is matters
            return JsonNodeFactory.instance.objectNode().put("of", reference);
        }
        var target = root.at(reference.substring(1));
        // a copy of the outside alone: what is inside is known again by its identity
        var whole = JsonNodeFactory.instance.objectNode();
        whole.setAll((ObjectNode) resolved(target, root));
        schema.properties().stream()
                .filter(each -> !each.getKey().equals("$ref"))
                .forEach(each -> whole.set(each.getKey(), each.getValue()));
        return whole;
    }
}
