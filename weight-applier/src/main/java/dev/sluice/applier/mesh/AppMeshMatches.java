package dev.sluice.applier.mesh;

import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Match.Condition;
import dev.sluice.schemas.rollout.Match.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Matches of a VirtualRouter's routes: of HTTP {@code {prefix or path, method, headers, queryParameters}}, of gRPC {@code
 * {serviceName, methodName, metadata}}. Expressions are anchored, as AWS's text asks for a part of the value only.
 *
 * @param headers the key of the list of headers
 */
record AppMeshMatches(String headers) implements Matches {
    static final Matches HTTP = new AppMeshMatches("headers");
    static final Matches GRPC = new AppMeshMatches("metadata");
    private static final String PARAMETERS = "queryParameters";

    private static final int MOST = 10;
    private static final int LONGEST_NAME = 50;
    private static final int LONGEST_VALUE = 255;

    @Override
    public Both both(Document own, Match match) {
        var made = own.copy();
        var isHttp = equals(HTTP);
        if (!isHttp && (match.method() != null || !match.queryParameters().isEmpty())) {
            return Both.not("a route of gRPC is told apart by metadata and calls only: leave the method and query"
                    + " parameters out");
        }
        return (isHttp ? path(made, match.path()) : call(made, match.path()))
                .or(() -> method(made, match.method()))
                .or(() -> add(made, headers, conditions(match)))
                .or(() -> add(
                        made,
                        PARAMETERS,
                        match.queryParameters().stream()
                                .map(AppMeshMatches::condition)
                                .toList()))
                .orElseGet(() -> Both.of(made.content()));
    }

    /** Of a route of HTTP. */
    static Text path(Document match) {
        return match.at("path") instanceof Map
                ? new Text(match.text("path", "exact"), null, match.text("path", "regex"))
                : new Text(null, Objects.requireNonNullElse(match.text("prefix"), "/"), null);
    }

    private static Optional<Both> path(Document match, Text ordered) {
        var anchored = ordered == null || ordered.regex() == null
                ? ordered
                : new Text(null, null, "^(?:" + ordered.regex() + ")$");
        var own = path(match);
        var joined = TextPaths.both(own, anchored);
        if (joined.path() == null) {
            return Optional.of(new Both(null, joined.flaw()));
        }
        if (!joined.path().equals(own)) {
            var content = match.content();
            content.remove("prefix");
            content.remove("path");
            if (joined.path().prefix() != null) {
                content.put("prefix", joined.path().prefix());
            } else {
                content.put(
                        "path", value(joined.path().exact(), null, joined.path().regex()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Both> call(Document match, Text ordered) {
        if (ordered == null) {
            return Optional.empty();
        }
        var names = ordered.exact() == null ? null : GrpcMatches.names(ordered.exact());
        if (names == null) {
            return Optional.of(Both.not("a route of gRPC is told apart by whole calls: write the path as exact, as"
                    + " /package.Service/Method"));
        }
        var isOther = GrpcMatches.isOther(match.text("serviceName"), names[1])
                || GrpcMatches.isOther(match.text("methodName"), names[2]);
        match.content().put("serviceName", names[1]);
        match.content().put("methodName", names[2]);
        return isOther ? Optional.of(Both.NONE) : Optional.empty();
    }

    private static Optional<Both> method(Document match, String method) {
        if (method == null) {
            return Optional.empty();
        }
        var own = match.content().put("method", method);
        return own == null || own.equals(method) ? Optional.empty() : Optional.of(Both.NONE);
    }

    private static List<Map<String, Object>> conditions(Match match) {
        return Stream.concat(
                        match.headers().stream().map(AppMeshMatches::condition),
                        match.cookies().stream()
                                .map(cookie -> Conditioned.listing(cookie))
                                .map(listing -> named("cookie", value(null, null, "^" + listing + "$"))))
                .toList();
    }

    private static Map<String, Object> condition(Condition condition) {
        var regex = condition.regex() == null ? null : "^(?:" + condition.regex() + ")$";
        return named(condition.name(), value(condition.exact(), condition.prefix(), regex));
    }

    private static Map<String, Object> named(String name, Map<String, Object> value) {
        var condition = new LinkedHashMap<String, Object>();
        condition.put("name", name);
        condition.put("match", value);
        return condition;
    }

    private static Map<String, Object> value(String exact, String prefix, String regex) {
        return new LinkedHashMap<>(
                exact != null
                        ? Map.of("exact", exact)
                        : prefix != null ? Map.of("prefix", prefix) : Map.of("regex", regex));
    }

    private static Optional<Both> add(Document match, String list, List<Map<String, Object>> conditions) {
        for (var condition : conditions) {
            var added = Document.of(condition);
            var name = added.text("name");
            var same = match.list(list).stream()
                    .filter(own -> name.equalsIgnoreCase(own.text("name")))
                    .toList();
            if (same.isEmpty()) {
                match.append(condition, list);
            } else if (same.stream().anyMatch(own -> areApart(own, added))) {
                return Optional.of(Both.NONE);
            } else if (same.size() > 1 || !isSame(same.getFirst(), added)) {
                return Optional.of(Both.not(
                        "a route matches on " + name + " itself, and so does the order: match on another one"));
            }
        }
        return Optional.ofNullable(tooMuch(match.list(list), list)).map(Both::not);
    }

    private static boolean isSame(Document own, Document condition) {
        return !Boolean.TRUE.equals(own.at("invert")) && condition.at("match").equals(own.at("match"));
    }

    /** Two headers of one name whose values can't both be there. */
    static boolean areApart(Document one, Document other) {
        var value = one.text("match", "exact");
        var another = other.text("match", "exact");
        return value != null
                && another != null
                && !value.equals(another)
                && !Boolean.TRUE.equals(one.at("invert"))
                && !Boolean.TRUE.equals(other.at("invert"));
    }

    private static String tooMuch(List<Document> conditions, String list) {
        if (conditions.size() > MOST) {
            return "a route would have " + conditions.size() + " " + list + " of at most " + MOST + ": match on fewer";
        }
        return conditions.stream()
                .filter(condition -> isTooLong(condition))
                .findFirst()
                .map(condition ->
                        "the condition on " + condition.text("name") + " is too long for App Mesh, which takes "
                                + LONGEST_NAME + " characters of a name and " + LONGEST_VALUE
                                + " of a value or an expression: write a shorter one")
                .orElse(null);
    }

    private static boolean isTooLong(Document condition) {
        return condition.text("name").length() > LONGEST_NAME
                || (condition.at("match") instanceof Map<?, ?> match
                        && match.values().stream()
                                .anyMatch(value -> value instanceof String text && text.length() > LONGEST_VALUE));
    }
}
