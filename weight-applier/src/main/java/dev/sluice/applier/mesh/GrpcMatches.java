package dev.sluice.applier.mesh;

import dev.sluice.schemas.rollout.Match;
import java.util.LinkedHashMap;
import java.util.Objects;

/** Matches of Gateway API's GRPCRoute: {@code {method: {type, service, method}, headers}}. The path of a call names both. */
record GrpcMatches() implements Matches {

    @Override
    public Both both(Document own, Match match) {
        var made = own.copy();
        if (match.path() != null) {
            var names = names(match.path().exact());
            if (names == null) {
                return Both.not("the path " + match.path().exact()
                        + " names no call: write /package.Service/Method, as gRPC does");
            }
            var type = Objects.requireNonNullElse(own.text("method", "type"), "Exact");
            if (!type.equals("Exact")) {
                return Both.not("a rule matches on the method by an expression, with which a path can't be joined:"
                        + " leave the path out");
            }
            if (isOther(own.text("method", "service"), names[1]) || isOther(own.text("method", "method"), names[2])) {
                return Both.NONE;
            }
            var method = new LinkedHashMap<String, Object>();
            method.put("type", type);
            method.put("service", names[1]);
            method.put("method", names[2]);
            made.content().put("method", method);
        }
        var headers = match.headers().stream().map(Conditioned::by).toList();
        return Matches.add(made, "headers", headers, "header").orElseGet(() -> Both.of(made.content()));
    }

    /** A path's parts, the service second and the method third; null where it names no call. */
    static String[] names(String path) {
        var names = path.split("/", -1);
        return names.length != 3 || !names[0].isEmpty() || names[1].isEmpty() || names[2].isEmpty() ? null : names;
    }

    static boolean isOther(String own, String named) {
        return own != null && !own.equals(named);
    }
}
