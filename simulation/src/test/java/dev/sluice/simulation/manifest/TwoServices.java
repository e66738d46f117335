package dev.sluice.simulation.manifest;

import static dev.sluice.simulation.manifest.Tree.list;
import static dev.sluice.simulation.manifest.Tree.map;

import dev.sluice.applier.mesh.Document;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Blue/green without a mesh: one Service carries the traffic, the other shows the version that is to be. */
public record TwoServices() implements Manifest {
    private static final BigDecimal ALL = BigDecimal.valueOf(100);

    @Override
    public String mesh() {
        return "kubernetes";
    }

    @Override
    public List<String> objects(Site site) {
        return List.of(site.active(), site.canary());
    }

    @Override
    public Map<String, Object> entry(Site site) {
        return Map.of("activeService", site.active(), "previewService", site.canary());
    }

    @Override
    public boolean isWhole() {
        return true;
    }

    /** Which pods a backend is: each is a version, whichever Service leads to it. */
    public static Map<String, String> labels(Site site, String backend) {
        return Map.of("app", site.name(), "version", backend.equals(site.active()) ? "blue" : "green");
    }

    @Override
    public Optional<Document> git(Site site, String object) {
        return Optional.of(new Document(map(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                map("name", object, "namespace", NAMESPACE, "labels", map("team", "shop")),
                "spec",
                map(
                        "selector",
                                map(labels(site, object).entrySet().stream()
                                        .sorted(Map.Entry.comparingByKey())
                                        .flatMap(label -> Stream.of(label.getKey(), label.getValue()))
                                        .toArray()),
                        "ports", list(map("port", 80, "targetPort", 8080)),
                        "sessionAffinity", "None"))));
    }

    @Override
    public List<String> field() {
        return List.of("spec", "selector");
    }

    /** Which version's pods a Service leads to. */
    public static Optional<String> shown(Document service, Site site) {
        return Stream.of(site.active(), site.canary())
                .filter(backend -> labels(site, backend).equals(service.at("spec", "selector")))
                .findFirst();
    }

    @Override
    public Map<String, BigDecimal> weights(Document main, Site site) {
        var live = shown(main, site).orElse("");
        return Map.of(
                site.active(), live.equals(site.active()) ? ALL : BigDecimal.ZERO,
                site.canary(), live.equals(site.canary()) ? ALL : BigDecimal.ZERO);
    }

    /** Whoever is to have most has all. */
    @Override
    public void divide(Document main, Site site, Map<String, BigDecimal> weights) {
        var most = weights.entrySet().stream()
                .max(Map.Entry.<String, BigDecimal>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow()
                .getKey();
        Tree.open(main, "spec").put("selector", new TreeMap<String, Object>(labels(site, most)));
    }

    @Override
    public void strip(Document document, Site site) {
        Tree.open(document, "spec").remove("selector");
    }
}
