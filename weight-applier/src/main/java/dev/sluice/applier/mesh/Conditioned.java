package dev.sluice.applier.mesh;

import dev.sluice.schemas.rollout.Match.Condition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Conditions as {@code {type, name, value}}, which Gateway API has and others took over. Expressions are anchored, since
 * whoever serves them may look for a part of the value only.
 */
final class Conditioned {
    private static final String EXACT = "Exact";
    private static final String REGEX = "RegularExpression";

    private Conditioned() {}

    static Map<String, Object> by(Condition condition) {
        return condition.exact() != null
                ? item(EXACT, condition.name(), condition.exact())
                : item(REGEX, condition.name(), "^" + expression(condition, ".*") + "$");
    }

    /** One of the cookies that the header of that name lists. */
    static Map<String, Object> byCookie(Condition cookie) {
        return item(REGEX, "cookie", "^" + listing(cookie) + "$");
    }

    /** An expression for the whole of the header {@code cookie}. */
    static String listing(Condition cookie) {
        return "(?:.*; ?)?" + quoted(cookie.name()) + "=" + expression(cookie, "[^;]*") + "(?:;.*)?";
    }

    /** An expression for the whole value. */
    static String expression(Condition condition, String rest) {
        if (condition.exact() != null) {
            return quoted(condition.exact());
        }
        return condition.prefix() != null ? quoted(condition.prefix()) + rest : "(?:" + condition.regex() + ")";
    }

    /** An expression for exactly this text. */
    static String quoted(String text) {
        return text.chars()
                .mapToObj(c -> ("\\.+*?()|[]{}^$".indexOf(c) < 0 ? "" : "\\") + (char) c)
                .collect(Collectors.joining());
    }

    static Map<String, Object> item(String type, String name, String value) {
        var item = new LinkedHashMap<String, Object>();
        item.put("type", type);
        item.put("name", name);
        item.put("value", value);
        return item;
    }
}
