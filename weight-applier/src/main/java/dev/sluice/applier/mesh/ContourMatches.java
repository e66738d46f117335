package dev.sluice.applier.mesh;

import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Match.Condition;
import dev.sluice.schemas.rollout.Match.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The {@code conditions} of a HTTPProxy's route, all of which hold: {@code {prefix}}, {@code {exact}} or {@code {regex}} of the
 * path, of which there is one at most, {@code {header}} and {@code {queryParameter}}. Expressions are of the whole value.
 */
record ContourMatches() implements Matches {
    private static final String CONDITIONS = "conditions";
    private static final String HEADER = "header";
    private static final String PARAMETER = "queryParameter";
    private static final String EXACT = "exact";
    private static final String PREFIX = "prefix";
    private static final String REGEX = "regex";

    /** Of a route; the path that ends the list decides what kind the whole is, so an ordered one comes last. */
    @Override
    public Both both(Document own, Match match) {
        var made = new ArrayList<Object>();
        var flaw = add(made, own, HEADER, headers(match)).or(() -> add(made, own, PARAMETER, parameters(match)));
        if (flaw.isPresent()) {
            return flaw.get();
        }
        if (match.path() != null && !first(match.path()).startsWith("/")) {
            return Both.not("the path " + first(match.path()) + " doesn't begin with /, and Contour takes no other:"
                    + " write it from the beginning");
        }
        var mine = path(own);
        var joined = TextPaths.both(mine, match.path());
        if (joined.path() == null) {
            return new Both(null, joined.flaw());
        }
        var isNarrower = !joined.path().equals(mine);
        own.list(CONDITIONS).stream()
                .filter(condition -> !isNarrower || ofPath(condition).isEmpty())
                .forEach(condition -> made.add(condition.content()));
        if (isNarrower) {
            made.add(value(
                    joined.path().exact(), joined.path().prefix(), joined.path().regex()));
        }
        return Both.of(new LinkedHashMap<>(Map.of(CONDITIONS, made)));
    }

    /** Of a route or an include. */
    static Text path(Document route) {
        return route.list(CONDITIONS).stream()
                .flatMap(condition -> ofPath(condition).stream())
                .findFirst()
                .orElse(TextPaths.ANY);
    }

    static List<Document> headers(Document route) {
        return conditions(route, HEADER);
    }

    static List<Document> parameters(Document route) {
        return conditions(route, PARAMETER);
    }

    private static List<Document> conditions(Document route, String kind) {
        return route.list(CONDITIONS).stream()
                .filter(condition -> condition.at(kind) instanceof Map)
                .map(condition -> new Document(condition.open(kind)))
                .toList();
    }

    private static Optional<Text> ofPath(Document condition) {
        return Stream.of(EXACT, PREFIX, REGEX).anyMatch(key -> condition.text(key) != null)
                ? Optional.of(new Text(condition.text(EXACT), condition.text(PREFIX), condition.text(REGEX)))
                : Optional.empty();
    }

    private static String first(Text path) {
        return Stream.of(path.exact(), path.prefix(), path.regex())
                .filter(text -> text != null)
                .findFirst()
                .orElse("");
    }

    /** Headers aren't compared by prefix; the method is one of them, as Envoy has it. */
    private static List<Map<String, Object>> headers(Match match) {
        var method = match.method() == null ? null : new Condition(":method", match.method(), null, null);
        return Stream.of(
                        match.headers().stream(),
                        match.cookies().stream()
                                .map(cookie -> new Condition("cookie", null, null, Conditioned.listing(cookie))),
                        Stream.ofNullable(method))
                .flatMap(conditions -> conditions)
                .map(header -> named(
                        header.name(),
                        header.exact() != null
                                ? value(header.exact(), null, null)
                                : value(null, null, Conditioned.expression(header, ".*"))))
                .toList();
    }

    private static List<Map<String, Object>> parameters(Match match) {
        return match.queryParameters().stream()
                .map(parameter ->
                        named(parameter.name(), value(parameter.exact(), parameter.prefix(), parameter.regex())))
                .toList();
    }

    private static Map<String, Object> named(String name, Map<String, Object> value) {
        var condition = new LinkedHashMap<String, Object>();
        condition.put("name", name);
        condition.putAll(value);
        return condition;
    }

    private static Map<String, Object> value(String exact, String prefix, String regex) {
        return new LinkedHashMap<>(
                exact != null ? Map.of(EXACT, exact) : prefix != null ? Map.of(PREFIX, prefix) : Map.of(REGEX, regex));
    }

    private static Optional<Both> add(
            List<Object> made, Document own, String kind, List<Map<String, Object>> conditions) {
        for (var condition : conditions) {
            var name = (String) condition.get("name");
            var same = conditions(own, kind).stream()
                    .filter(known -> name.equalsIgnoreCase(known.text("name")))
                    .toList();
            if (same.isEmpty()) {
                made.add(new LinkedHashMap<>(Map.of(kind, condition)));
            } else if (!(same.size() == 1 && isSame(same.getFirst(), condition))) {
                return Optional.of(
                        same.stream().anyMatch(known -> areApart(known, condition))
                                ? Both.NONE
                                : Both.not("a route matches on " + name
                                        + " itself, and so does the order: match on another one"));
            }
        }
        return Optional.empty();
    }

    private static boolean isSame(Document known, Map<String, Object> condition) {
        var others = new LinkedHashMap<>(known.content());
        others.put("name", condition.get("name"));
        return others.equals(condition);
    }

    /** Two headers of one name, or two query parameters. */
    static boolean areApart(Document known, Map<String, Object> condition) {
        var value = condition.get(EXACT);
        return value != null
                && known.text(EXACT) != null
                && !known.text(EXACT).equals(value)
                && !Boolean.TRUE.equals(known.at("ignoreCase"))
                && !Boolean.TRUE.equals(condition.get("ignoreCase"));
    }
}
