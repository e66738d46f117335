package dev.sluice.applier.mesh;

import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Routes of a ServiceRouter, of which the first that matches has a request. The rules that are moved are those that lead to
 * the splitter, and after all others the one that goes without saying: whatever is left goes to the router's own service.
 *
 * @param router its service
 * @param splitter the service whose traffic is split
 * @param split the canary's entry of the splitter; null where it has none
 */
record ConsulRoutes(String router, String splitter, Document split, WeightOrder order) implements RuleForm {
    private static final Matches MATCHES = new ConsulMatches();
    private static final String UNSAID = "sluice-unsaid";
    private static final String SERVICE = "service";
    private static final String SUBSET = "serviceSubset";
    private static final String PREFIX_REWRITE = "prefixRewrite";

    @Override
    public List<List<Object>> lists(Document object) {
        return List.of(object.items("spec", "routes"));
    }

    @Override
    public Document spelledOut(Document object) {
        var copy = object.copy();
        if (router.equals(splitter) && routes(copy).stream().noneMatch(ConsulRoutes::takesAll)) {
            var hasList = object.at("spec", "routes") != null;
            copy.append(new LinkedHashMap<>(Map.of(UNSAID, hasList)), "spec", "routes");
        }
        return copy;
    }

    /** A list that wasn't there is not left empty. */
    @Override
    public Document shortened(Document object) {
        var routes = object.items("spec", "routes");
        var isNone = routes.size() == 1 && Map.of(UNSAID, false).equals(routes.getFirst());
        routes.removeIf(item -> item instanceof Map<?, ?> route && route.containsKey(UNSAID));
        if (isNone) {
            object.open("spec").remove("routes");
        }
        return object;
    }

    private static List<Document> routes(Document object) {
        return object.list("spec", "routes");
    }

    private static boolean takesAll(Document route) {
        return !(route.at("match", "http") instanceof Map<?, ?> http)
                || http.isEmpty()
                || http.equals(Map.of("pathPrefix", "/"));
    }

    @Override
    public Moved moved(Document object) {
        var none = new Backends(List.of(), order, new WeightKey(entry -> null, 0));
        var rules = routes(object).stream()
                .filter(this::leadsToSplitter)
                .map(route -> Moved.Rule.of(route, none))
                .toList();
        return rules.isEmpty()
                ? new Moved(
                        rules,
                        "no route of the ServiceRouter " + router + " leads to the service " + splitter
                                + ": name the router whose routes do")
                : Moved.all(rules);
    }

    private boolean leadsToSplitter(Document route) {
        return splitter.equals(service(route))
                && route.text("destination", SUBSET) == null
                && isHere(new Document(route.copy().open("destination")));
    }

    /** Who asks for the splitter's own service, and for no subset of it, is sent by the splitter. */
    private boolean leadsBack() {
        return splitter.equals(ofSplit()) && split.text(SUBSET) == null && isHere(split);
    }

    private String ofSplit() {
        return Objects.requireNonNullElse(split.text(SERVICE), splitter);
    }

    private String service(Document route) {
        return Objects.requireNonNullElse(route.text("destination", SERVICE), router);
    }

    /** Consul's own namespaces and partitions are others' but for the default ones, or that which Kubernetes' is mirrored to. */
    private boolean isHere(Document destination) {
        var namespace = destination.text("namespace");
        var partition = destination.text("partition");
        return (namespace == null || namespace.equals("default") || namespace.equals(order.namespace()))
                && (partition == null || partition.equals("default"));
    }

    @Override
    public Narrowed narrow(Moved.Rule rule, Document copy, Match match) {
        if (split == null) {
            return Narrowed.not("the splitter doesn't list " + order.canary() + ": add it");
        }
        if (leadsBack()) {
            return Narrowed.not("the canary is the splitter's own service " + splitter
                    + ", to which no route leads past the splitter: name subsets, or leave the match out");
        }
        copy.content().remove(UNSAID);
        var own =
                copy.at("match", "http") instanceof Map<?, ?> http ? Document.of(http) : new Document(new TreeMap<>());
        var both = MATCHES.both(own, match);
        if (both.flaw() != null) {
            return Narrowed.not(both.flaw());
        }
        if (both.match() == null) {
            return Narrowed.NONE;
        }
        if (copy.text("destination", PREFIX_REWRITE) != null && !ConsulMatches.isOfSamePath(own, both.match())) {
            return Narrowed.not("a route rewrites the prefix that it matches on, and the order's path is another: leave"
                    + " the path out");
        }
        copy.open("match").put("http", both.match());
        toCanary(copy.open("destination"), match);
        return Narrowed.SOME;
    }

    /** Where the splitter would send it, with what the splitter adds: it isn't asked for these. */
    private void toCanary(Map<String, Object> destination, Match match) {
        destination.put(SERVICE, ofSplit());
        for (var key : List.of(SUBSET, "namespace", "partition")) {
            if (split.text(key) != null) {
                destination.put(key, split.text(key));
            }
        }
        var changed = new Document(destination);
        for (var headers : List.of("requestHeaders", "responseHeaders")) {
            for (var change : List.of("add", "set")) {
                if (split.at(headers, change) instanceof Map<?, ?> map) {
                    changed.open(headers, change).putAll(Document.of(map).copy().content());
                }
            }
            if (split.at(headers, "remove") instanceof List<?> removed) {
                var all = new LinkedHashSet<Object>(changed.items(headers, "remove"));
                all.addAll(removed);
                changed.open(headers).put("remove", new ArrayList<>(all));
            }
        }
        new TreeMap<>(match.setHeaders())
                .forEach((name, value) -> changed.open("requestHeaders", "set").put(name, value));
    }

    @Override
    public boolean isForCanaryAlone(Document route) {
        return split != null
                && !leadsBack()
                && service(route).equals(ofSplit())
                && Objects.equals(route.text("destination", SUBSET), split.text(SUBSET));
    }

    @Override
    public String copyTo(Moved.Rule rule, Mirror mirror) {
        return "Consul copies no requests: leave the mirror out";
    }
}
