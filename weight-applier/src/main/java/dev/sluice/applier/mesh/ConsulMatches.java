package dev.sluice.applier.mesh;

import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Match.Condition;
import dev.sluice.schemas.rollout.Match.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Matches of a ServiceRouter's routes: {@code {pathExact | pathPrefix | pathRegex, caseInsensitive, header, queryParam,
 * methods}}. All conditions of a list have to hold, several of one name too. Expressions are of the whole value, prefixes of
 * texts.
 */
record ConsulMatches() implements Matches {
    private static final String EXACT = "pathExact";
    private static final String PREFIX = "pathPrefix";
    private static final String REGEX = "pathRegex";
    private static final List<String> PATHS = List.of(EXACT, PREFIX, REGEX);
    private static final String IGNORES_CASE = "caseInsensitive";

    static boolean isOfSamePath(Document own, Map<String, Object> made) {
        return PATHS.stream().allMatch(key -> Objects.equals(own.at(key), made.get(key)));
    }

    @Override
    public Both both(Document own, Match match) {
        var made = own.copy();
        return path(made, match.path()).or(() -> method(made, match.method())).orElseGet(() -> {
            Stream.concat(
                            match.headers().stream().map(ConsulMatches::header),
                            match.cookies().stream()
                                    .map(cookie -> item("cookie", "regex", Conditioned.listing(cookie))))
                    .forEach(condition -> add(made, "header", condition));
            match.queryParameters().stream()
                    .map(ConsulMatches::parameter)
                    .forEach(condition -> add(made, "queryParam", condition));
            return Both.of(made.content());
        });
    }

    private static void add(Document match, String list, Map<String, Object> condition) {
        if (!match.items(list).contains(condition)) {
            match.append(condition, list);
        }
    }

    private static Map<String, Object> header(Condition header) {
        return header.prefix() == null ? parameter(header) : item(header.name(), "prefix", header.prefix());
    }

    /** There are no prefixes of these. */
    private static Map<String, Object> parameter(Condition parameter) {
        return parameter.exact() == null
                ? item(parameter.name(), "regex", Conditioned.expression(parameter, ".*"))
                : item(parameter.name(), "exact", parameter.exact());
    }

    private static Map<String, Object> item(String name, String form, String value) {
        var item = new LinkedHashMap<String, Object>();
        item.put("name", name);
        item.put(form, value);
        return item;
    }

    private static Optional<Both> method(Document match, String method) {
        if (method == null) {
            return Optional.empty();
        }
        var own = match.items("methods");
        if (!own.isEmpty() && !own.contains(method)) {
            return Optional.of(Both.NONE);
        }
        match.content().put("methods", new ArrayList<>(List.of(method)));
        return Optional.empty();
    }

    private static Optional<Both> path(Document match, Text path) {
        if (path == null) {
            return Optional.empty();
        }
        var exact = match.text(EXACT);
        var prefix = match.text(PREFIX);
        if (match.text(REGEX) != null || (path.regex() != null && !isAny(exact, prefix))) {
            return path.regex() != null && path.regex().equals(match.text(REGEX))
                    ? Optional.empty()
                    : Optional.of(Both.not("a route matches on the path itself, and an expression can't be joined with"
                            + " another path: leave the path out, or match on exact or prefix"));
        }
        var ignoresCase = Boolean.TRUE.equals(match.at(IGNORES_CASE));
        if (isAny(exact, prefix) || isIn(path.exact(), path.prefix(), exact, prefix, ignoresCase)) {
            PATHS.forEach(match.content()::remove);
            match.content().remove(IGNORES_CASE);
            match.content().put(path.exact() != null ? EXACT : path.prefix() != null ? PREFIX : REGEX, text(path));
            return Optional.empty();
        }
        if (!isIn(exact, prefix, path.exact(), path.prefix(), ignoresCase)) {
            return Optional.of(Both.NONE);
        }
        return ignoresCase
                ? Optional.of(Both.not("a route's path ignores case, and the order's doesn't: leave the path out"))
                : Optional.empty();
    }

    private static String text(Text path) {
        return path.exact() != null ? path.exact() : Objects.requireNonNullElse(path.prefix(), path.regex());
    }

    private static boolean isAny(String exact, String prefix) {
        return exact == null && (prefix == null || prefix.equals("/"));
    }

    private static boolean isIn(
            String exact, String prefix, String otherExact, String otherPrefix, boolean ignoresCase) {
        if (otherExact != null) {
            return exact != null && (ignoresCase ? exact.equalsIgnoreCase(otherExact) : exact.equals(otherExact));
        }
        var value = exact == null ? prefix : exact;
        return value.regionMatches(ignoresCase, 0, otherPrefix, 0, otherPrefix.length());
    }
}
