package dev.sluice.schemas.check;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import dev.sluice.schemas.message.Cut;
import dev.sluice.schemas.message.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The validator's findings as sentences that say what is wrong and what is allowed. */
final class SchemaErrors {
    private static final Pattern ALTERNATIVE =
            Pattern.compile("(?<alternatives>.*?/(?<keyword>oneOf|anyOf))/[0-9]+(?<below>/.*)");
    private static final String INTO_PROPERTY = "/properties/";
    private static final int KEY_CHARS = 200;

    private final JsonNode schema;

    SchemaErrors(JsonNode schema) {
        this.schema = schema;
    }

    List<Problem> inWords(List<Error> errors) {
        var problems = errors.stream()
                .map(error -> {
                    var alternative =
                            ALTERNATIVE.matcher(error.getEvaluationPath().toString());
                    return alternative.matches() ? noneMatches(error, alternative) : inWords(error);
                })
                .distinct()
                .limit(Problem.MOST + 1L)
                .collect(Collectors.toCollection(ArrayList::new));
        if (problems.size() > Problem.MOST) {
            problems.set(Problem.MOST, Problem.more());
        }
        return List.copyOf(problems);
    }

    /** Why each alternative did not match is noise; their names say what is needed. */
    private Problem noneMatches(Error error, Matcher alternative) {
        var at = JsonPointer.compile(error.getInstanceLocation().toString());
        var below = alternative.group("below");
        for (int i = below.indexOf(INTO_PROPERTY); i >= 0; i = below.indexOf(INTO_PROPERTY, i + 1)) {
            at = at.head();
        }
        var fragment =
                ALTERNATIVE.matcher(error.getSchemaLocation().getFragment().toString());
        var titles = fragment.matches() ? titles(schema.at(fragment.group("alternatives"))) : List.<String>of();
        return new Problem(at.toString(), words(alternative.group("keyword")), titles);
    }

    private static String words(String keyword) {
        return keyword.equals("oneOf") ? "needs exactly one of these" : "needs at least one of these";
    }

    private Problem inWords(Error error) {
        var at = error.getInstanceLocation().toString();
        var rule = error.getSchemaNode();
        return switch (error.getKeyword()) {
            case "required" -> new Problem(at + "/" + escaped(error.getProperty()), "is missing");
            case "additionalProperties", "unevaluatedProperties" ->
                new Problem(at + "/" + escaped(error.getProperty()), "unknown key", knownKeys(error));
            case "enum" -> new Problem(at, "not one of the allowed values", texts(rule));
            case "const" -> new Problem(at, "must be " + rule.asText());
            case "type" ->
                new Problem(at, "must be " + kinds(rule) + ", not " + DocumentSchema.kindOf(error.getInstanceNode()));
            case "pattern" -> pattern(at, rule.textValue(), beside(error));
            case "format" -> new Problem(at, "is not a valid " + rule.textValue());
            case "minimum" -> new Problem(at, "must be at least " + rule.asText());
            case "maximum" -> new Problem(at, "must be at most " + rule.asText());
            case "exclusiveMinimum" -> new Problem(at, "must be more than " + rule.asText());
            case "exclusiveMaximum" -> new Problem(at, "must be less than " + rule.asText());
            case "multipleOf" -> new Problem(at, "must be a multiple of " + rule.asText());
            case "minProperties" ->
                new Problem(at, "needs at least " + rule.asText() + " of these keys", knownKeys(error));
            case "maxProperties" ->
                new Problem(at, "takes at most " + rule.asText() + " of these keys", knownKeys(error));
            case "minItems" -> new Problem(at, "needs at least " + rule.asText() + " entries");
            case "maxItems" -> new Problem(at, "takes at most " + rule.asText() + " entries");
            case "minLength" -> new Problem(at, "must have at least " + rule.asText() + " characters");
            case "maxLength" -> new Problem(at, "must have at most " + rule.asText() + " characters");
            case "propertyNames" ->
                new Problem(
                        at + "/" + escaped(error.getProperty()),
                        "is not a name that can be used here"
                                + (rule.has("title") ? ": " + rule.path("title").asText() : ""));
            case "dependentRequired" ->
                new Problem(
                        at + "/" + escaped(error.getProperty()),
                        "needs these beside it",
                        texts(rule.path(error.getProperty())));
            case "oneOf", "anyOf" -> new Problem(at, words(error.getKeyword()), titles(rule));
            case "not" -> new Problem(at, "takes only one of these", texts(rule.path("required")));
            default -> new Problem(at, error.getMessage());
        };
    }

    private List<String> knownKeys(Error error) {
        var fragment = error.getSchemaLocation().getFragment().toString();
        var parent = JsonPointer.compile(fragment).head();
        var known = new ArrayList<String>();
        schema.at(parent).path("properties").fieldNames().forEachRemaining(known::add);
        return known;
    }

    /** A pattern's title or examples tell people what it means. */
    private static Problem pattern(String at, String pattern, JsonNode beside) {
        if (beside.has("title")) {
            return new Problem(at, "has to be " + beside.path("title").asText());
        }
        return beside.has("examples")
                ? new Problem(at, "is not written like one of these", texts(beside.path("examples")))
                : new Problem(at, "does not match " + pattern);
    }

    /** The schema that the broken rule is part of. */
    private JsonNode beside(Error error) {
        var fragment = error.getSchemaLocation().getFragment().toString();
        return schema.at(JsonPointer.compile(fragment).head());
    }

    private static String kinds(JsonNode rule) {
        // null is how machines say "absent"; no need to propose it to people
        var kinds = texts(rule).stream().filter(kind -> !kind.equals("null")).toList();
        return kinds.stream().map(SchemaErrors::withArticle).collect(Collectors.joining(" or "));
    }

    private static String withArticle(String kind) {
        return switch (kind) {
            case "array" -> "a list";
            case "integer" -> "a whole number";
            case "object" -> "an object";
            default -> "a " + kind;
        };
    }

    private static List<String> texts(JsonNode rule) {
        return rule.isArray()
                ? StreamSupport.stream(rule.spliterator(), false)
                        .filter(value -> !value.isNull())
                        .map(JsonNode::asText)
                        .toList()
                : List.of(rule.asText());
    }

    private static List<String> titles(JsonNode alternatives) {
        return StreamSupport.stream(alternatives.spliterator(), false)
                .map(alternative -> alternative.path("title").asText())
                .toList();
    }

    private static String escaped(String key) {
        var shown = key.length() > KEY_CHARS ? Cut.to(KEY_CHARS, key) + "…" : key;
        return shown.replace("~", "~0").replace("/", "~1");
    }
}
