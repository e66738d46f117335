package dev.sluice.applier.mesh;

import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Match.Condition;
import dev.sluice.schemas.rollout.Match.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Conditions of a VirtualServer's matches: {@code {header, cookie, argument or variable, value}}. Texts are compared whatever
 * their case, so every value is an expression, after {@code ~}, which must be of part of it only and is anchored. What isn't
 * there has an empty value, so an empty one counts for none.
 *
 * @param list null where the match can't be said
 * @param flaw why, with what to do; null where it can
 */
record NginxConditions(List<Map<String, Object>> list, String flaw) {
    /** The controller takes no others, and none of an object that has one. */
    private static final Pattern HEADER = Pattern.compile("[-A-Za-z0-9]+");

    private static final Pattern WORD = Pattern.compile("[_A-Za-z0-9]+");
    private static final String VALUE = "value";

    static NginxConditions of(Match match) {
        var conditions = new ArrayList<Map<String, Object>>();
        for (var header : match.headers()) {
            if (!HEADER.matcher(header.name()).matches()) {
                return not("the header " + header.name(), "letters, digits and hyphens");
            }
            conditions.add(condition("header", header.name(), anchored(header)));
        }
        for (var cookie : match.cookies()) {
            conditions.add(
                    WORD.matcher(cookie.name()).matches()
                            ? condition("cookie", cookie.name(), anchored(cookie))
                            : condition("header", "Cookie", "^" + Conditioned.listing(cookie) + "$"));
        }
        for (var parameter : match.queryParameters()) {
            if (!WORD.matcher(parameter.name()).matches()) {
                return not("the query parameter " + parameter.name(), "letters, digits and underscores");
            }
            conditions.add(condition("argument", parameter.name(), anchored(parameter)));
        }
        if (match.path() != null) {
            conditions.add(condition("variable", "$request_uri", path(match.path())));
        }
        if (match.method() != null) {
            conditions.add(condition("variable", "$request_method", "^" + match.method() + "$"));
        }
        return conditions.stream().anyMatch(condition -> condition.get(VALUE).equals("~^$"))
                ? new NginxConditions(
                        null, "NGINX can't tell an empty value from none: match on a value that isn't empty")
                : new NginxConditions(conditions, null);
    }

    private static NginxConditions not(String what, String allowed) {
        return new NginxConditions(null, "F5 NGINX can't look at " + what + ": use a name of " + allowed + " alone");
    }

    private static String anchored(Condition condition) {
        return (condition.exact() == null ? "^(?=.)" : "^") + Conditioned.expression(condition, ".*") + "$";
    }

    /** The variable has the query too. */
    private static String path(Text path) {
        var text = Conditioned.expression(new Condition("", path.exact(), path.prefix(), null), "");
        return path.exact() == null ? "^" + text : "^" + text + "(?:\\?.*)?$";
    }

    private static Map<String, Object> condition(String kind, String name, String expression) {
        var condition = new LinkedHashMap<String, Object>();
        condition.put(kind, name);
        condition.put(VALUE, "~" + quoted(expression));
        return condition;
    }

    /** As it stands between quotation marks in NGINX's configuration, which takes two backslashes for one. */
    private static String quoted(String expression) {
        var quoted = new StringBuilder();
        for (int i = 0; i < expression.length(); i++) {
            var c = expression.charAt(i);
            if (c == '"') {
                quoted.append('\\');
            } else if (c == '\\' && i + 1 < expression.length()) {
                var next = expression.charAt(++i);
                quoted.append(next == '\\' ? "\\\\\\" : "\\");
                c = next;
            }
            quoted.append(c);
        }
        return quoted.toString();
    }

    /** Why a header can't be set, with what to do. */
    static Optional<String> unfit(String name, String value) {
        if (!HEADER.matcher(name).matches()) {
            return Optional.of(
                    not("the header " + name, "letters, digits and hyphens").flaw());
        }
        return value.isEmpty() || value.chars().anyMatch(c -> "\"\\$".indexOf(c) >= 0)
                ? Optional.of("F5 NGINX can't set the header " + name + " to " + (value.isEmpty() ? "nothing" : value)
                        + ": write a value without quotation marks, backslashes and dollar signs")
                : Optional.empty();
    }
}
