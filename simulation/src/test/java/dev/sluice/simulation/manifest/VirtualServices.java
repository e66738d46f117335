package dev.sluice.simulation.manifest;

import static dev.sluice.simulation.manifest.Tree.list;
import static dev.sluice.simulation.manifest.Tree.map;

import dev.sluice.applier.mesh.Document;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Istio's VirtualServices, where an absent weight is 0 beside others: the canary has none in Git. */
public record VirtualServices() implements Manifest {
    private static final KeptClients KEPT = new KeptClients("match", "route", "headers");
    private static final SentBeside BESIDE = new SentBeside("match", List.of("mirror", "mirrorPercentage"));

    @Override
    public String mesh() {
        return "istio";
    }

    @Override
    public Map<String, Object> entry(Site site) {
        return Map.of("activeService", site.active(), "canaryService", site.canary());
    }

    @Override
    public Optional<Document> git(Site site, String object) {
        return Optional.of(new Document(map(
                "apiVersion",
                "networking.istio.io/v1",
                "kind",
                "VirtualService",
                "metadata",
                map("name", object, "namespace", NAMESPACE, "annotations", map("team", "shop")),
                "spec",
                map(
                        "hosts", list(site.active()),
                        "http",
                                list(
                                        map(
                                                "match", list(map("uri", map("prefix", "/admin"))),
                                                "route", list(map("destination", map("host", site.active())))),
                                        map(
                                                "name", "main",
                                                "route",
                                                        list(
                                                                map(
                                                                        "destination",
                                                                        map("host", site.active()),
                                                                        "weight",
                                                                        100),
                                                                map(
                                                                        "destination",
                                                                                map(
                                                                                        "host",
                                                                                        site.canary() + "."
                                                                                                + NAMESPACE),
                                                                        "headers",
                                                                                map(
                                                                                        "request",
                                                                                        map(
                                                                                                "set",
                                                                                                map(
                                                                                                        "x-canary",
                                                                                                        "yes"))))),
                                                "retries", map("attempts", 3)))))));
    }

    @Override
    public List<String> field() {
        return List.of("spec", "http");
    }

    private static WeightedList destinations(Document main, Site site) {
        return main.list("spec", "http").stream()
                .map(route -> new WeightedList(
                        route.content(),
                        "route",
                        VirtualServices::backend,
                        0,
                        name -> map("destination", map("host", name))))
                .filter(route -> route.listsBoth(site))
                .findFirst()
                .orElseThrow();
    }

    private static String backend(Document destination) {
        var host = destination.text("destination", "host");
        return host.endsWith("." + NAMESPACE) ? host.substring(0, host.length() - NAMESPACE.length() - 1) : host;
    }

    @Override
    public Map<String, BigDecimal> weights(Document main, Site site) {
        return destinations(main, site).weights();
    }

    @Override
    public void divide(Document main, Site site, Map<String, BigDecimal> weights) {
        destinations(main, site).divide(weights);
    }

    @Override
    public void listAgain(Document main, Site site, String backend, BigDecimal weight) {
        destinations(main, site).listAgain(backend, weight);
    }

    @Override
    public void listOnce(Document main, Site site) {
        destinations(main, site).listOnce();
    }

    @Override
    public boolean keepsClients() {
        return true;
    }

    @Override
    public boolean isKeeping(Document main, Site site) {
        return KEPT.isIn(main.list("spec", "http"));
    }

    @Override
    public boolean isMatching(Document main, Site site) {
        return BESIDE.isMatching(main.list("spec", "http"));
    }

    @Override
    public boolean isCopying(Document main, Site site) {
        return BESIDE.isCopying(main.list("spec", "http"));
    }

    @Override
    public void strip(Document document, Site site) {
        KEPT.strip(Tree.items(Tree.open(document, "spec"), "http"), document.list("spec", "http"));
        BESIDE.strip(Tree.items(Tree.open(document, "spec"), "http"), document.list("spec", "http"));
        destinations(document, site).strip();
    }
}
