package dev.sluice.applier.mesh;

import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Rules of Sluice's own among a VirtualService's HTTP routes. The first that matches has a request, so they stand right
 * before those that are moved.
 *
 * @param backend which backend a destination is
 */
record IstioRoutes(Function<Document, Moved> moved, Function<Document, String> backend, String canary)
        implements RuleForm {
    private static final Matches MATCHES = new IstioMatches();
    private static final String MIRROR = "mirror";
    private static final String MIRRORS = "mirrors";
    private static final String PERCENTAGE = "mirrorPercentage";
    private static final int ALL = 100;
    /** Of answers, beside a destination. */
    private static final String[] ADDED = {"headers", "response", "add"};

    @Override
    public List<List<Object>> lists(Document object) {
        return List.of(object.items("spec", "http"));
    }

    @Override
    public Moved moved(Document object) {
        return moved.apply(object);
    }

    @Override
    public Narrowed narrow(Moved.Rule rule, Document copy, Match match) {
        if (!isHttp(rule)) {
            return Narrowed.not(
                    "the route " + rule.place()
                            + " is none of HTTP, of which no request can be told apart: name the HTTP route, or leave the match out");
        }
        var found = new ArrayList<Object>();
        var own = copy.list("match");
        for (var one : own.isEmpty() ? List.of(new Document(new LinkedHashMap<>())) : own) {
            var both = MATCHES.both(one, match);
            if (both.flaw() != null) {
                return Narrowed.not(both.flaw());
            }
            if (both.match() != null) {
                found.add(both.match());
            }
        }
        copy.content().put("match", found);
        var destination = canaryOf(copy);
        destination.put("weight", ALL);
        copy.content().put("route", new ArrayList<>(List.of(destination)));
        new TreeMap<>(match.setHeaders())
                .forEach((name, value) -> copy.open("headers", "request", "set").put(name, value));
        return found.isEmpty() ? Narrowed.NONE : Narrowed.SOME;
    }

    private static boolean isHttp(Moved.Rule rule) {
        return rule.place().startsWith("http:");
    }

    private Map<String, Object> canaryOf(Document route) {
        return firstOfCanary(route).copy().content();
    }

    private Document firstOfCanary(Document route) {
        return route.list("route").stream()
                .filter(this::isCanarys)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a route that is moved lists the canary"));
    }

    @Override
    public boolean isForCanaryAlone(Document route) {
        var destinations = route.list("route");
        return !destinations.isEmpty()
                && destinations.stream().allMatch(destination -> canary.equals(backend.apply(destination)));
    }

    /** One, or beside a person's list of them one more. */
    @Override
    public String copyTo(Moved.Rule rule, Mirror mirror) {
        if (!isHttp(rule)) {
            return "the route " + rule.place() + " is none of HTTP, and others can't be copied: name the HTTP route, or"
                    + " leave the mirror out";
        }
        var route = rule.content();
        var destination = new Document(canaryOf(route)).open("destination");
        var share = new LinkedHashMap<String, Object>(Map.of("value", number(mirror.percentage())));
        if (route.at(MIRROR) != null || route.list(MIRRORS).stream().anyMatch(this::isCanarys)) {
            return "a route has a mirror already, and can have no other: take it out, or leave the rollout's out";
        }
        if (route.at(MIRRORS) != null) {
            var added = new LinkedHashMap<String, Object>();
            added.put("destination", destination);
            added.put("percentage", share);
            route.append(added, MIRRORS);
        } else {
            route.content().put(MIRROR, destination);
            route.content().put(PERCENTAGE, share);
        }
        return null;
    }

    private boolean isCanarys(Document destination) {
        return canary.equals(backend.apply(destination));
    }

    private static Number number(BigDecimal share) {
        var plain = share.stripTrailingZeros();
        return plain.scale() > 0 ? (Number) plain.doubleValue() : plain.intValueExact();
    }

    /** A mirror that a hand has pointed elsewhere is a person's own. */
    @Override
    public void uncopy(Document route) {
        if (route.at(MIRROR) instanceof Map<?, ?> mirror && isCanarys(new Document(Map.of("destination", mirror)))) {
            route.content().remove(MIRROR);
            route.content().remove(PERCENTAGE);
        }
        route.items(MIRRORS).removeIf(item -> item instanceof Map<?, ?> map && isCanarys(Document.of(map)));
    }

    /** Whatever else the whole route does to answers comes after what is done to a destination's. */
    @Override
    public String handOut(Moved.Rule rule, StickyCookie cookie) {
        if (!isHttp(rule)) {
            return "the route " + rule.place()
                    + " is none of HTTP, whose answers alone can carry a cookie: name the HTTP"
                    + " route, or leave sessionAffinity out";
        }
        var destination = firstOfCanary(rule.content());
        if (changesCookies(rule.content(), "set", "remove") || changesCookies(destination, "add", "set", "remove")) {
            return "a route changes the " + StickyCookie.HEADER + " of answers already: take that out, or leave"
                    + " sessionAffinity out";
        }
        destination.open(ADDED).put(StickyCookie.HEADER, cookie.header());
        return null;
    }

    private static boolean changesCookies(Document holder, String... ways) {
        return Stream.of(ways)
                .map(way -> holder.at("headers", "response", way))
                .flatMap(headers -> switch (headers) {
                    case Map<?, ?> map -> map.keySet().stream();
                    case List<?> list -> list.stream();
                    case null, default -> Stream.of();
                })
                .anyMatch(name -> StickyCookie.HEADER.equalsIgnoreCase(String.valueOf(name)));
    }

    /** Of whichever destination: what it is to a route may have changed since. */
    @Override
    public void handOutNoMore(Document route) {
        route.list("route").stream().filter(IstioRoutes::addsOurs).forEach(destination -> {
            destination.open(ADDED).entrySet().removeIf(IstioRoutes::isOurs);
            removeIfEmpty(destination.open("headers", "response"), "add");
            removeIfEmpty(destination.open("headers"), "response");
            removeIfEmpty(destination.content(), "headers");
        });
    }

    private static void removeIfEmpty(Map<String, Object> map, String key) {
        if (map.get(key) instanceof Map<?, ?> inner && inner.isEmpty()) {
            map.remove(key);
        }
    }

    @Override
    public boolean handsOut(Document route) {
        return route.list("route").stream().anyMatch(IstioRoutes::addsOurs);
    }

    private static boolean addsOurs(Document destination) {
        return destination.at(ADDED) instanceof Map<?, ?> headers
                && headers.entrySet().stream().anyMatch(IstioRoutes::isOurs);
    }

    private static boolean isOurs(Map.Entry<?, ?> header) {
        return StickyCookie.HEADER.equalsIgnoreCase(String.valueOf(header.getKey()))
                && StickyCookie.isOurs(header.getValue());
    }
}
