package dev.sluice.applier.mesh;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Routes of Sluice's own among a HTTPProxy's. Contour doesn't go by their order but by how much each says ({@link
 * ContourRank}), so an own one is refused where it would take requests from a route that is none of those that are moved.
 *
 * @param hasHost whether it is a virtual host's; else its paths go on from those of whoever includes it
 */
record ContourRoutes(Function<Document, Moved> moved, String canary, boolean hasHost) implements RuleForm {
    /** The name by which the one list of services that is no route's is told from the others. */
    static final String TCP = "tcpproxy";

    private static final Matches MATCHES = new ContourMatches();
    private static final String SERVICES = "services";
    private static final String WEIGHT = "weight";
    private static final int ALL = 100;

    @Override
    public List<List<Object>> lists(Document object) {
        return List.of(object.items("spec", "routes"));
    }

    @Override
    public Moved moved(Document object) {
        return moved.apply(object);
    }

    @Override
    public Narrowed narrow(Moved.Rule rule, Document copy, Match match) {
        if (TCP.equals(rule.name())) {
            return Narrowed.not("of a tcpproxy no request can be told apart: name an HTTP route by its routeIndex, or"
                    + " leave the match out");
        }
        if (match.path() != null && !hasHost) {
            return Narrowed.not(
                    "the HTTPProxy has no virtualhost, so its paths go on from those of whoever includes it:"
                            + " leave the path out");
        }
        var both = MATCHES.both(copy, match);
        if (both.flaw() != null) {
            return Narrowed.not(both.flaw());
        }
        if (both.match() == null) {
            return Narrowed.NONE;
        }
        var before = ContourMatches.path(copy);
        copy.content().putAll(both.match());
        if (!copy.list("pathRewritePolicy", "replacePrefix").isEmpty() && !before.equals(ContourMatches.path(copy))) {
            return Narrowed.not(
                    "a route replaces its prefix, which is another with the match's path: leave the path out");
        }
        copy.content().put(SERVICES, forCanary(copy));
        var flaw = setHeaders(copy, match.setHeaders());
        return flaw == null ? Narrowed.SOME : Narrowed.not(flaw);
    }

    /** Copies that a person makes of such requests go on. */
    private List<Object> forCanary(Document route) {
        var services = new ArrayList<Object>();
        var service = canaryOf(route);
        service.put(WEIGHT, ALL);
        services.add(service);
        route.list(SERVICES).stream().filter(Contour::isMirror).forEach(mirror -> services.add(mirror.content()));
        return services;
    }

    private Map<String, Object> canaryOf(Document route) {
        return route.list(SERVICES).stream()
                .filter(service -> !Contour.isMirror(service) && canary.equals(service.text("name")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a route that is moved lists the canary"))
                .copy()
                .content();
    }

    /** Contour takes what is between percent signs for something to be filled in. */
    private static String setHeaders(Document route, Map<String, String> headers) {
        for (var header : new TreeMap<>(headers).entrySet()) {
            var value = header.getValue();
            if (value.isEmpty() || value.contains("%")) {
                return "Contour can't set the header " + header.getKey() + " to "
                        + (value.isEmpty() ? "nothing" : value) + ": write a value without %";
            }
            var known = route.list("requestHeadersPolicy", "set").stream()
                    .filter(one -> header.getKey().equalsIgnoreCase(one.text("name")))
                    .findFirst();
            if (known.isPresent()) {
                known.get().content().put("value", value);
            } else {
                var added = new LinkedHashMap<String, Object>();
                added.put("name", header.getKey());
                added.put("value", value);
                route.append(added, "requestHeadersPolicy", "set");
            }
        }
        return null;
    }

    @Override
    public boolean isForCanaryAlone(Document route) {
        var services = route.list(SERVICES).stream()
                .filter(service -> !Contour.isMirror(service))
                .toList();
        return !services.isEmpty() && services.stream().allMatch(service -> canary.equals(service.text("name")));
    }

    @Override
    public String clash(Document object, Map<Object, Document> own) {
        var others = object.list("spec", "routes").stream()
                .filter(route -> !own.containsKey(route.content()) && !isForCanaryAlone(route))
                .toList();
        for (var moving : own.entrySet()) {
            var mine = moving.getValue();
            var before = ContourRank.of(Document.of((Map<?, ?>) moving.getKey()));
            var now = ContourRank.of(mine);
            if (!now.isAbove(before)) {
                return "the match is of all requests of a route, from which no other can be told: match on more, or set"
                        + " a weight";
            }
            for (var other : others) {
                var rank = ContourRank.of(other);
                if (!ContourRank.areApart(mine, other) && !rank.isAbove(now) && !before.isAbove(rank)) {
                    return takes(other);
                }
            }
            for (var include : object.list("spec", "includes")) {
                if (!ContourRank.areApart(mine, include)
                        && !ContourRank.ofPath(include).isAboveByPath(now)) {
                    return takes(include);
                }
            }
        }
        return null;
    }

    private static String takes(Document other) {
        return "requests that match may be another route's too and would no longer go where it sends them: match on what"
                + " requests of " + other.at("conditions")
                + " can't have, or name by its routeIndex the route that is meant";
    }

    /** A route can have one. A share is its weight, of which versions before 1.26 take no notice. */
    @Override
    public String copyTo(Moved.Rule rule, Mirror mirror) {
        if (TCP.equals(rule.name())) {
            return "a tcpproxy's requests can't be copied: name an HTTP route by its routeIndex, or leave the mirror out";
        }
        if (rule.content().list(SERVICES).stream().anyMatch(Contour::isMirror)) {
            return "a route has a mirror already, and can have no other: take it out, or leave the rollout's out";
        }
        var service = canaryOf(rule.content());
        service.remove(WEIGHT);
        service.put("mirror", true);
        var share = Weight.of(mirror.percentage());
        if (!share.equals(Weight.FULL)) {
            service.put(WEIGHT, share.percent().intValueExact());
        }
        rule.content().append(service, SERVICES);
        return null;
    }

    @Override
    public void uncopy(Document route) {
        route.items(SERVICES)
                .removeIf(item -> item instanceof Map<?, ?> map
                        && Contour.isMirror(Document.of(map))
                        && canary.equals(map.get("name")));
    }

    /** What is written without a share is no sign of a lost one: the definitions keep weights. */
    @Override
    public boolean copiesAll(Document route) {
        return false;
    }
}
