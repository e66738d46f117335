package dev.sluice.simulation.manifest;

import static dev.sluice.simulation.manifest.Tree.map;

import dev.sluice.applier.mesh.Document;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SMI's TrafficSplits: Sluice's own, so that Git has none. */
public record Splits() implements Manifest {
    @Override
    public String mesh() {
        return "smi";
    }

    @Override
    public boolean isOwned() {
        return true;
    }

    @Override
    public Map<String, Object> entry(Site site) {
        return Map.of("rootServiceName", site.active());
    }

    @Override
    public Optional<Document> git(Site site, String object) {
        return Optional.empty();
    }

    @Override
    public List<String> field() {
        return List.of("spec", "backends");
    }

    private static WeightedList backends(Document split) {
        return new WeightedList(
                Tree.open(split, "spec"), "backends", entry -> entry.text("service"), 0, name -> map("service", name));
    }

    @Override
    public Map<String, BigDecimal> weights(Document main, Site site) {
        return backends(main).weights();
    }

    @Override
    public void divide(Document main, Site site, Map<String, BigDecimal> weights) {
        backends(main).divide(weights);
    }

    @Override
    public void listAgain(Document main, Site site, String backend, BigDecimal weight) {
        backends(main).listAgain(backend, weight);
    }

    @Override
    public void listOnce(Document main, Site site) {
        backends(main).listOnce();
    }

    /** What is missing of the list is added by a write, so all of it may change. */
    @Override
    public void strip(Document document, Site site) {
        Tree.open(document, "spec").remove("backends");
    }
}
