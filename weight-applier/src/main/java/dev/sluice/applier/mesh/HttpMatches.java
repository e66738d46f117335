package dev.sluice.applier.mesh;

import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Match.Condition;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Matches like those of Gateway API's HTTPRoute: {@code {path, headers, queryParams, method}}.
 *
 * @param hasPrefixes whether headers can be compared by prefix; else an expression says the same
 */
record HttpMatches(boolean hasPrefixes) implements Matches {

    @Override
    public Both both(Document own, Match match) {
        var path = HttpPath.both(own, match.path());
        if (path.match() == null) {
            return path;
        }
        var made = own.copy();
        made.content().put("path", path.match());
        if (match.method() != null) {
            var method = own.text("method");
            if (method != null && !method.equals(match.method())) {
                return Both.NONE;
            }
            made.content().put("method", match.method());
        }
        return Matches.add(made, "headers", headers(match), "header")
                .or(() -> Matches.add(made, "queryParams", queryParameters(match), "query parameter"))
                .orElseGet(() -> Both.of(made.content()));
    }

    private List<Map<String, Object>> headers(Match match) {
        return Stream.concat(
                        match.headers().stream().map(this::header),
                        match.cookies().stream().map(Conditioned::byCookie))
                .toList();
    }

    private Map<String, Object> header(Condition header) {
        return hasPrefixes && header.prefix() != null
                ? Conditioned.item("Prefix", header.name(), header.prefix())
                : Conditioned.by(header);
    }

    private static List<Map<String, Object>> queryParameters(Match match) {
        return match.queryParameters().stream().map(Conditioned::by).toList();
    }
}
