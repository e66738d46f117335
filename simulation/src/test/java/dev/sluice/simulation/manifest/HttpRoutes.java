package dev.sluice.simulation.manifest;

import static dev.sluice.simulation.manifest.Tree.list;
import static dev.sluice.simulation.manifest.Tree.map;

import dev.sluice.applier.mesh.Document;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Gateway API's HTTPRoutes, where an absent weight is 1.
 *
 * @param isShared whether every route is a rule, by its name, of one object; else each has an object of its own, in which
 *     two rules list both backends and one doesn't
 */
public record HttpRoutes(boolean isShared) implements Manifest {
    private static final String SHARED = "shop";
    private static final KeptClients KEPT = new KeptClients("matches", "backendRefs", "filters");
    private static final SentBeside BESIDE = new SentBeside("matches", List.of("filters"));
    private static final List<String> RULES = List.of("cart", "search", "rival");

    @Override
    public String mesh() {
        return "gatewayApi";
    }

    @Override
    public Optional<String> rule(Site site) {
        return isShared ? Optional.of(site.name()) : Optional.empty();
    }

    @Override
    public List<String> objects(Site site) {
        return List.of(isShared ? SHARED : site.name());
    }

    @Override
    public Optional<Document> git(Site site, String object) {
        var rules = isShared
                ? list(rule("cart"), rule("search"), rule("rival"), admin("cart"))
                : list(rule(site.name()), admin(site.name()), retried(site.name()));
        return Optional.of(new Document(map(
                "apiVersion",
                "gateway.networking.k8s.io/v1",
                "kind",
                "HTTPRoute",
                "metadata",
                map("name", object, "namespace", NAMESPACE, "labels", map("team", "shop")),
                "spec",
                map(
                        "hostnames", list("shop.example.com"),
                        "parentRefs", list(map("name", "edge", "sectionName", "https")),
                        "rules", rules))));
    }

    /** The active backend's weight is the default. */
    private static Map<String, Object> rule(String name) {
        return map(
                "name", name,
                "matches", list(map("path", map("type", "PathPrefix", "value", "/" + name))),
                "backendRefs",
                        list(
                                map("name", name, "port", 8080),
                                map("name", name + "-canary", "port", 8080, "weight", 0)));
    }

    private static Map<String, Object> retried(String name) {
        return map(
                "retry", map("attempts", 2),
                "backendRefs",
                        list(
                                map("name", name, "port", 8080, "weight", 200),
                                map(
                                        "name",
                                        name + "-canary",
                                        "port",
                                        8080,
                                        "weight",
                                        0,
                                        "filters",
                                        list(map("type", "RequestHeaderModifier")))));
    }

    private static Map<String, Object> admin(String name) {
        return map("name", "admin", "backendRefs", list(map("name", name, "port", 9090, "weight", 7)));
    }

    @Override
    public List<String> field() {
        return List.of("spec", "rules");
    }

    private Stream<WeightedList> lists(Document main, Site site) {
        return main.list("spec", "rules").stream()
                .filter(rule -> !isShared || site.name().equals(rule.text("name")))
                .map(rule -> new WeightedList(
                        rule.content(),
                        "backendRefs",
                        ref -> ref.text("name"),
                        1,
                        name -> map("name", name, "port", 8080)))
                .filter(refs -> refs.listsBoth(site));
    }

    /** A rule without any weight serves nobody, and has no part in the mean. */
    @Override
    public Map<String, BigDecimal> weights(Document main, Site site) {
        var all = lists(main, site).map(WeightedList::weights).toList();
        if (all.size() == 1) {
            return all.getFirst();
        }
        var mean = new HashMap<String, BigDecimal>();
        all.forEach(weights -> shares(weights).forEach((name, share) -> mean.merge(name, share, BigDecimal::add)));
        return mean;
    }

    private static Map<String, BigDecimal> shares(Map<String, BigDecimal> weights) {
        var total = weights.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        var shares = new HashMap<String, BigDecimal>();
        weights.forEach((name, weight) ->
                shares.put(name, total.signum() == 0 ? total : weight.divide(total, MathContext.DECIMAL64)));
        return shares;
    }

    @Override
    public boolean isStarving(Document main, Site site) {
        return lists(main, site)
                .anyMatch(refs -> refs.weights().values().stream().allMatch(weight -> weight.signum() == 0));
    }

    @Override
    public boolean isUneven(Document main, Site site) {
        var all = lists(main, site).map(WeightedList::weights).toList();
        return all.size() > 1
                && all.stream().skip(1).anyMatch(weights -> !isAlike(shares(all.getFirst()), shares(weights)));
    }

    private static boolean isAlike(Map<String, BigDecimal> one, Map<String, BigDecimal> other) {
        return Stream.concat(one.keySet().stream(), other.keySet().stream())
                .allMatch(name -> Math.abs(number(one, name) - number(other, name)) < 1e-9);
    }

    private static double number(Map<String, BigDecimal> shares, String name) {
        return shares.getOrDefault(name, BigDecimal.ZERO).doubleValue();
    }

    /** A hand edits one rule of those that should say the same. */
    @Override
    public void divide(Document main, Site site, Map<String, BigDecimal> weights) {
        lists(main, site).toList().getFirst().divide(weights);
    }

    @Override
    public void listAgain(Document main, Site site, String backend, BigDecimal weight) {
        lists(main, site).toList().getFirst().listAgain(backend, weight);
    }

    @Override
    public void listOnce(Document main, Site site) {
        lists(main, site).forEach(WeightedList::listOnce);
    }

    @Override
    public boolean keepsClients() {
        return true;
    }

    @Override
    public boolean isKeeping(Document main, Site site) {
        return KEPT.isIn(ofRoute(main, site));
    }

    private List<Document> ofRoute(Document main, Site site) {
        return main.list("spec", "rules").stream()
                .filter(rule -> !isShared || String.valueOf(rule.text("name")).matches("(.*-)?" + site.name()))
                .toList();
    }

    @Override
    public boolean isMatching(Document main, Site site) {
        return BESIDE.isMatching(ofRoute(main, site));
    }

    @Override
    public boolean isCopying(Document main, Site site) {
        return BESIDE.isCopying(ofRoute(main, site));
    }

    @Override
    public void strip(Document document, Site site) {
        KEPT.strip(Tree.items(Tree.open(document, "spec"), "rules"), ofRoute(document, site));
        BESIDE.strip(Tree.items(Tree.open(document, "spec"), "rules"), ofRoute(document, site));
        lists(document, site).toList().forEach(WeightedList::strip);
    }

    /** Whether a route of this name may be one of the shared object's rules. */
    public static boolean hasRule(String name) {
        return RULES.contains(name);
    }
}
