package dev.sluice.applier.mesh;

import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Match.Condition;
import dev.sluice.schemas.rollout.Match.Text;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rules of Traefik's routers, as of v3: matchers joined by {@code &&}. Expressions look for a part of the value, so that
 * these are anchored; prefixes of a path are of texts.
 */
final class TraefikMatches {
    private TraefikMatches() {}

    static String both(String rule, Match match) {
        var matchers = Stream.of(
                        match.headers().stream().map(header -> of("Header", header)),
                        match.cookies().stream()
                                .map(cookie -> call("HeaderRegexp", "Cookie", whole(Conditioned.listing(cookie)))),
                        match.queryParameters().stream().map(parameter -> of("Query", parameter)),
                        Stream.ofNullable(match.path()).map(TraefikMatches::path),
                        Stream.ofNullable(match.method()).map(method -> call("Method", method)))
                .flatMap(some -> some)
                .collect(Collectors.joining(" && "));
        return "(" + rule + ") && " + matchers;
    }

    private static String of(String matcher, Condition condition) {
        return condition.exact() != null
                ? call(matcher, condition.name(), condition.exact())
                : call(matcher + "Regexp", condition.name(), whole(Conditioned.expression(condition, ".*")));
    }

    private static String path(Text path) {
        if (path.exact() != null) {
            return call("Path", path.exact());
        }
        return path.prefix() != null
                ? call("PathPrefix", path.prefix())
                : call("PathRegexp", whole("(?:" + path.regex() + ")"));
    }

    private static String whole(String expression) {
        return "^" + expression + "$";
    }

    private static String call(String matcher, String... values) {
        return Stream.of(values).map(TraefikMatches::literal).collect(Collectors.joining(", ", matcher + "(", ")"));
    }

    /** Go's own: raw, or where a value has the raw text's quote in it the other one. */
    private static String literal(String value) {
        return value.indexOf('`') < 0
                ? '`' + value + '`'
                : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
