package dev.sluice.applier.mesh;

import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Match.Condition;
import dev.sluice.schemas.rollout.Match.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Matches of a VirtualService's HTTP routes: {@code {uri, method, headers, queryParams}}, each value {@code {exact}}, {@code
 * {prefix}} or {@code {regex}}, which is of the whole value. Prefixes are of texts, not of parts of a path.
 */
record IstioMatches() implements Matches {
    private static final String EXACT = "exact";
    private static final String PREFIX = "prefix";
    private static final String REGEX = "regex";

    @Override
    public Both both(Document own, Match match) {
        var made = own.copy();
        return uri(made, match.path())
                .or(() -> method(made, match.method()))
                .or(() -> put(made, "headers", headers(match)))
                .or(() -> put(made, "queryParams", queryParameters(match)))
                .orElseGet(() -> Both.of(made.content()));
    }

    private static List<Condition> headers(Match match) {
        return Stream.concat(
                        match.headers().stream().map(IstioMatches::lowerCase),
                        match.cookies().stream()
                                .map(cookie -> new Condition("cookie", null, null, Conditioned.listing(cookie))))
                .toList();
    }

    /** Istio takes no others. */
    private static Condition lowerCase(Condition header) {
        return new Condition(header.name().toLowerCase(Locale.ROOT), header.exact(), header.prefix(), header.regex());
    }

    /** Not every version compares them by prefix. */
    private static List<Condition> queryParameters(Match match) {
        return match.queryParameters().stream()
                .map(parameter -> parameter.prefix() == null
                        ? parameter
                        : new Condition(parameter.name(), null, null, Conditioned.expression(parameter, ".*")))
                .toList();
    }

    private static Optional<Both> put(Document match, String key, List<Condition> conditions) {
        for (var condition : conditions) {
            var value = value(condition.exact(), condition.prefix(), condition.regex());
            var known = match.at(key, condition.name());
            if (known == null) {
                match.open(key).put(condition.name(), value);
            } else if (!known.equals(value)) {
                return Optional.of(
                        value.containsKey(EXACT) && known instanceof Map<?, ?> map && map.containsKey(EXACT)
                                ? Both.NONE
                                : Both.not("a route matches on " + condition.name()
                                        + " itself, and so does the order: match on another one"));
            }
        }
        return Optional.empty();
    }

    private static Optional<Both> method(Document match, String method) {
        if (method == null) {
            return Optional.empty();
        }
        var known = match.at("method");
        var value = value(method, null, null);
        if (known == null) {
            match.content().put("method", value);
        } else if (!known.equals(value)) {
            return Optional.of(
                    match.text("method", EXACT) != null
                            ? Both.NONE
                            : Both.not("a route matches on the method itself, and so does the order: leave one out"));
        }
        return Optional.empty();
    }

    private static Optional<Both> uri(Document match, Text path) {
        if (path == null) {
            return Optional.empty();
        }
        var value = value(path.exact(), path.prefix(), path.regex());
        var known = match.at("uri");
        if (known == null || known.equals(value) || "/".equals(match.text("uri", PREFIX))) {
            match.content().put("uri", value);
            return Optional.empty();
        }
        if (path.regex() != null || match.text("uri", REGEX) != null) {
            return Optional.of(Both.not("a route matches on the path itself, and an expression can't be joined with"
                    + " another path: leave the path out, or match on exact or prefix"));
        }
        var ignoresCase = Boolean.TRUE.equals(match.at("ignoreUriCase"));
        if (isIn(path.exact(), path.prefix(), match.text("uri", EXACT), match.text("uri", PREFIX), ignoresCase)) {
            match.content().put("uri", value);
            return Optional.empty();
        }
        return isIn(match.text("uri", EXACT), match.text("uri", PREFIX), path.exact(), path.prefix(), ignoresCase)
                ? Optional.empty()
                : Optional.of(Both.NONE);
    }

    private static boolean isIn(
            String exact, String prefix, String otherExact, String otherPrefix, boolean ignoresCase) {
        var value = exact == null ? prefix : exact;
        if (otherExact != null) {
            return exact != null && (ignoresCase ? exact.equalsIgnoreCase(otherExact) : exact.equals(otherExact));
        }
        return value.regionMatches(ignoresCase, 0, otherPrefix, 0, otherPrefix.length());
    }

    private static Map<String, Object> value(String exact, String prefix, String regex) {
        var value = new LinkedHashMap<String, Object>();
        if (exact != null) {
            value.put(EXACT, exact);
        } else if (prefix != null) {
            value.put(PREFIX, prefix);
        } else {
            value.put(REGEX, regex);
        }
        return value;
    }
}
