package dev.sluice.notifier.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.schemas.rollout.cel.StatusExpression;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A text with names in it, such as {@code {{status.waitingFor.roles}}}. What a name stands for is text and never another template. */
public final class Template {
    /** The longest that one may come to, in characters. */
    static final int LONGEST = 4_000;

    private static final Pattern NAME = Pattern.compile("\\{\\{\\s*([A-Za-z.]{1,100})\\s*}}");
    private static final Set<String> PLAIN = Set.of("link", "rule", "occasion");
    private static final Set<String> STATUSES = Set.of("status", "before");
    private static final String NOTHING = "–";

    private final String text;

    private Template(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException for a name that stands for nothing, with those that do */
    public static Template of(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("a template may have " + LONGEST + " characters");
        }
        var names = NAME.matcher(text);
        while (names.find()) {
            refuseUnknown(names.group(1));
        }
        if (names.reset().replaceAll("").contains("{{")) {
            throw new IllegalArgumentException(
                    "a name is written as {{status.revision}}, and no other {{ may be there");
        }
        return new Template(text);
    }

    private static void refuseUnknown(String name) {
        var parts = List.of(name.split("\\.", -1));
        var isKnown = parts.size() == 1
                ? PLAIN.contains(name)
                : STATUSES.contains(parts.getFirst())
                        && StatusExpression.fields().contains(parts.get(1));
        if (!isKnown) {
            throw new IllegalArgumentException(
                    "{{" + name + "}} stands for nothing; known are link, rule, occasion, and"
                            + " status.<field> and before.<field> with the fields " + StatusExpression.fields());
        }
    }

    /** @param names an object with what the first parts of names stand for */
    String filled(JsonNode names) {
        return NAME.matcher(text).replaceAll(found -> Matcher.quoteReplacement(said(at(names, found.group(1)))));
    }

    private static JsonNode at(JsonNode names, String name) {
        var at = names;
        for (var part : name.split("\\.", -1)) {
            at = at == null ? MissingNode.getInstance() : at.path(part);
        }
        return at;
    }

    private static String said(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return NOTHING;
        }
        if (value.isArray()) {
            return value.isEmpty()
                    ? NOTHING
                    : StreamSupport.stream(value.spliterator(), false)
                            .map(Template::said)
                            .collect(Collectors.joining(", "));
        }
        return value.isObject() ? value.toString() : value.asText();
    }
}
