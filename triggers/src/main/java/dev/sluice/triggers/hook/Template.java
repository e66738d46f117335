package dev.sluice.triggers.hook;

import dev.sluice.schemas.rollout.cel.EventExpression;
import dev.sluice.schemas.rollout.cel.EventExpression.Undefined;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A text with expressions in it, such as {@code shop/{{body.name}}}. What one stands for is text and never another template. */
final class Template {
    private static final Pattern EXPRESSION = Pattern.compile("\\{\\{(.+?)}}");
    private static final int LONGEST = 1024;
    private static final int LONGEST_RESULT = 4096;

    /** @param expression null for what stands as it is */
    private record Part(String text, EventExpression expression) {}

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = parts;
    }

    /** @throws IllegalArgumentException that says what is wrong */
    static Template of(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("it may have " + LONGEST + " characters");
        }
        var parts = new ArrayList<Part>();
        var found = EXPRESSION.matcher(text);
        var at = 0;
        while (found.find()) {
            parts.add(new Part(text.substring(at, found.start()), null));
            parts.add(new Part(null, EventExpression.text(found.group(1).strip())));
            at = found.end();
        }
        var rest = text.substring(at);
        if (rest.contains("{{")) {
            throw new IllegalArgumentException(
                    "an expression is written as {{body.revision}}, and no other {{ may be there");
        }
        parts.add(new Part(rest, null));
        return new Template(List.copyOf(parts));
    }

    String filled(Object body, Map<String, String> headers) throws Undefined {
        var text = new StringBuilder();
        for (var part : parts) {
            text.append(
                    part.expression() == null ? part.text() : part.expression().said(body, headers));
            if (text.length() > LONGEST_RESULT) {
                throw new Undefined("it comes to more than " + LONGEST_RESULT + " characters");
            }
        }
        return text.toString();
    }
}
