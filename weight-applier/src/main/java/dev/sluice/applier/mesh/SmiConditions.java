package dev.sluice.applier.mesh;

import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Match.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One match of an HTTPRouteGroup: {@code {name, pathRegex, methods, headers}}. Values are expressions: of a path from its
 * beginning, of a header wherever it likes, so that these are anchored.
 */
final class SmiConditions {
    private static final String COOKIE = "cookie";

    private SmiConditions() {}

    /** @param isList whether the definition has a list of maps of headers, and not one map, as the specification has it */
    static Map<String, Object> of(Match match, boolean isList) {
        var conditions = new LinkedHashMap<String, Object>();
        conditions.put("name", "canary");
        if (match.path() != null) {
            conditions.put("pathRegex", path(match.path()));
        }
        if (match.method() != null) {
            conditions.put("methods", new ArrayList<>(List.of(match.method())));
        }
        var headers = headers(match);
        if (!headers.isEmpty()) {
            conditions.put("headers", isList ? listed(headers) : headers);
        }
        return conditions;
    }

    private static List<Object> listed(Map<String, Object> headers) {
        var list = new ArrayList<Object>();
        headers.forEach((name, value) -> list.add(new LinkedHashMap<>(Map.of(name, value))));
        return list;
    }

    private static Map<String, Object> headers(Match match) {
        var headers = new LinkedHashMap<String, Object>();
        match.headers().forEach(header -> headers.put(header.name(), "^" + Conditioned.expression(header, ".*") + "$"));
        match.cookies().forEach(cookie -> headers.put(COOKIE, "^" + Conditioned.listing(cookie) + "$"));
        return headers;
    }

    /** Read as of the whole path, or from its beginning, it says the same. Who reads it may want its first letter to be a slash. */
    private static String path(Text path) {
        if (path.exact() != null) {
            return Conditioned.quoted(path.exact()) + "$";
        }
        if (path.prefix() != null) {
            return Conditioned.quoted(path.prefix()) + ".*";
        }
        return (path.regex().contains("|") ? "(?:" + path.regex() + ")" : path.regex()) + "$";
    }

    static Optional<String> flaw(Match match) {
        return Optional.ofNullable(TextPaths.flaw(match.path(), "SMI")).or(() -> ofCookie(match));
    }

    private static Optional<String> ofCookie(Match match) {
        return !match.cookies().isEmpty()
                        && match.headers().stream().anyMatch(header -> COOKIE.equalsIgnoreCase(header.name()))
                ? Optional.of("the match is on the header cookie and on a cookie, which is in it: leave one out")
                : Optional.empty();
    }
}
