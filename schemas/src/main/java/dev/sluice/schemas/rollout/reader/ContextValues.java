package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code {{context.x}}} into every text of the file but its own {@code context}, and but webhooks and queries' templates,
 * which get further values of whatever names them. Other templates stay as they are.
 */
final class ContextValues {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*context\\.([^{}\\s]{1,128})\\s*}}");
    private static final String QUERY_TEMPLATE = "queryTemplate";
    private static final int MOST_CHARS_ADDED = 1 << 20;

    private final Problems problems;
    private final Map<String, String> values = new TreeMap<>();
    private long charsAdded;

    ContextValues(Problems problems) {
        this.problems = problems;
    }

    /** @param overrides win over the file's own values */
    void fill(ObjectNode file, Map<String, Object> overrides) {
        for (var own : file.path("context").properties()) {
            values.put(own.getKey(), text(own.getValue()));
        }
        overrides.forEach((key, value) -> values.put(key, text(value)));
        for (var key : List.copyOf(file.properties())) {
            if (!key.getKey().equals("context") && !key.getKey().equals("webhooks")) {
                file.set(key.getKey(), filled(key.getValue(), Pointer.of(key.getKey())));
            }
        }
    }

    /**
     * What the keys of the context stand for in a template that is filled in once more later.
     *
     * @param own win over all others: a step's or an analysis's own {@code context}
     * @param at where the template is
     */
    Function<String, String> with(JsonNode own, Pointer at) {
        return key -> {
            var value = own.path(key);
            var filled = value.isValueNode() && !value.isNull() ? counted(text(value)) : valueOf(key, at);
            if (filled.contains("{{")) {
                problems.add(at, "{{context." + key + "}} has {{ in its value, which would be filled in again");
                return "";
            }
            return filled;
        };
    }

    private JsonNode filled(JsonNode node, Pointer at) {
        if (node instanceof ObjectNode object) {
            for (var entry : List.copyOf(object.properties())) {
                if (entry.getKey().equals(QUERY_TEMPLATE)) {
                    continue;
                }
                object.set(entry.getKey(), filled(entry.getValue(), at.to(entry.getKey())));
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, filled(array.get(i), at.to(i)));
            }
        } else if (node.isTextual() && node.textValue().contains("{{")) {
            return new TextNode(filled(node.textValue(), at));
        }
        return node;
    }

    private String filled(String text, Pointer at) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(placeholder -> Matcher.quoteReplacement(valueOf(placeholder.group(1), at)));
    }

    private String valueOf(String key, Pointer at) {
        var value = values.get(key);
        if (value == null) {
            problems.add(at, "{{context." + key + "}} has no value", values.keySet());
            return "";
        }
        return counted(value);
    }

    /** A small file may name a long text many times. */
    String counted(String value) {
        charsAdded += value.length();
        if (charsAdded > MOST_CHARS_ADDED) {
            problems.add(Pointer.of("context"), "the values make the file too long");
            return "";
        }
        return value;
    }

    private static String text(Object value) {
        return switch (value) {
            case BigDecimal decimal -> decimal.toPlainString();
            case JsonNode node when node.isBigDecimal() -> node.decimalValue().toPlainString();
            case JsonNode node -> node.asText();
            default -> String.valueOf(value);
        };
    }
}
