package dev.sluice.applier.mesh;

import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Routes of an IngressRoute, of which the one with the highest priority has a request, by default the one with the longest
 * rule. One of Sluice's own is just above the route that leads to the TraefikService, and so below whatever was above that.
 *
 * @param service the TraefikService
 * @param canary its entry of the canary; null where it has none
 */
record TraefikRoutes(String service, Document canary, WeightOrder order) implements RuleForm {
    private static final String SERVICES = "services";
    private static final String SERVICE = "Service";

    @Override
    public List<List<Object>> lists(Document object) {
        return List.of(object.items("spec", "routes"));
    }

    @Override
    public Moved moved(Document object) {
        var none = new Backends(List.of(), order, new WeightKey(entry -> null, 0));
        var rules = object.list("spec", "routes").stream()
                .filter(route -> route.list(SERVICES).stream().anyMatch(this::isWeighted))
                .map(route -> Moved.Rule.of(route, none))
                .toList();
        return rules.isEmpty()
                ? new Moved(
                        rules,
                        "no route of the IngressRoute " + object.text("metadata", "name")
                                + " leads to the TraefikService " + service + ": name one whose routes do")
                : Moved.all(rules);
    }

    private boolean isWeighted(Document backend) {
        return "TraefikService".equals(backend.text("kind")) && service.equals(backend.text("name")) && isHere(backend);
    }

    private boolean isHere(Document backend) {
        return Objects.requireNonNullElse(backend.text("namespace"), order.namespace())
                .equals(order.namespace());
    }

    @Override
    public Narrowed narrow(Moved.Rule rule, Document copy, Match match) {
        if (canary == null) {
            return Narrowed.not("the TraefikService doesn't list " + order.canary() + ": add it");
        }
        var services = copy.list(SERVICES);
        if (services.size() > 1) {
            return Narrowed.not("a route leads to the TraefikService " + service + " and to others: let it lead there"
                    + " alone, or leave the match out");
        }
        if (copy.text("syntax") != null && !"v3".equals(copy.text("syntax"))) {
            return Narrowed.not("a route's rule is written in the syntax " + copy.text("syntax")
                    + ": write it in that of v3, or leave the match out");
        }
        var priority = priority(copy).add(BigInteger.ONE);
        if (priority.signum() == 0) {
            return Narrowed.not("a route that leads to the TraefikService " + service
                    + " has the priority -1, and the one" + " above it, 0, counts as none: give it another");
        }
        var flaw = TextPaths.flaw(match.path(), "Traefik");
        if (flaw != null) {
            return Narrowed.not(flaw);
        }
        copy.content().put("match", TraefikMatches.both(String.valueOf(copy.text("match")), match));
        copy.content().put("priority", plain(priority));
        copy.content().put(SERVICES, new ArrayList<>(List.of(toCanary(services.getFirst()))));
        return Narrowed.SOME;
    }

    /** Other routes' own ones stand above theirs, and so clash with none that theirs doesn't clash with. */
    @Override
    public String clash(Document object, Map<Object, Document> own) {
        var others = OwnMemory.others(object, object.list("spec", "routes")).stream()
                .filter(route -> !isSentAlike(route))
                .map(TraefikRoutes::priority)
                .toList();
        return own.values().stream()
                .map(TraefikRoutes::priority)
                .filter(others::contains)
                .findFirst()
                .map(priority -> "a route has the priority " + priority
                        + ", just above the one that leads to the TraefikService " + service
                        + ", and none is left between: give one of them another")
                .orElse(null);
    }

    /** Whatever matches goes to the canary by both. */
    private boolean isSentAlike(Document route) {
        return isForCanaryAlone(route) || route.list(SERVICES).stream().anyMatch(this::isWeighted);
    }

    /** The length of its rule where it says none. */
    private static BigInteger priority(Document route) {
        var said = route.at("priority") instanceof Number number ? new BigInteger(number.toString()) : BigInteger.ZERO;
        return said.signum() == 0
                ? BigInteger.valueOf(String.valueOf(route.text("match")).getBytes(StandardCharsets.UTF_8).length)
                : said;
    }

    /** As the client's mapper reads it. */
    private static Number plain(BigInteger number) {
        return number.bitLength() < Integer.SIZE ? (Number) number.intValueExact() : number.longValueExact();
    }

    /** The TraefikService's entry, behind whatever stands before the TraefikService. */
    private Map<String, Object> toCanary(Document weighted) {
        var backend = canary.copy();
        backend.content().remove("weight");
        var middlewares = new ArrayList<>(weighted.items("middlewares"));
        middlewares.addAll(backend.items("middlewares"));
        if (!middlewares.isEmpty()) {
            backend.content().put("middlewares", middlewares);
        }
        return new LinkedHashMap<>(backend.content());
    }

    private static String kind(Document backend) {
        return Objects.requireNonNullElse(backend.text("kind"), SERVICE);
    }

    @Override
    public boolean isForCanaryAlone(Document route) {
        var services = route.list(SERVICES);
        return services.size() == 1
                && order.canary().equals(services.getFirst().text("name"))
                && kind(services.getFirst()).equals(canary == null ? SERVICE : kind(canary))
                && isHere(services.getFirst());
    }

    @Override
    public String copyTo(Moved.Rule rule, Mirror mirror) {
        return "Traefik copies requests by a service in front of the TraefikService alone: leave the mirror out";
    }
}
