package dev.sluice.simulation.manifest;

import static dev.sluice.simulation.manifest.Tree.items;

import dev.sluice.applier.mesh.Document;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A list of backends with whole numbers under {@code weight}.
 *
 * @param backend of an entry
 * @param absent what a missing weight means
 * @param added an entry for a backend that isn't listed
 */
record WeightedList(
        Map<String, Object> parent,
        String name,
        Function<Document, String> backend,
        int absent,
        Function<String, Map<String, Object>> added) {

    private List<Document> entries() {
        return new Document(parent).list(name);
    }

    Map<String, BigDecimal> weights() {
        var weights = new HashMap<String, BigDecimal>();
        for (var entry : entries()) {
            var weight = entry.at("weight") instanceof Number number
                    ? new BigDecimal(number.toString())
                    : BigDecimal.valueOf(absent);
            weights.merge(backend.apply(entry), weight, BigDecimal::add);
        }
        return weights;
    }

    boolean listsBoth(Site site) {
        var names = entries().stream().map(backend).toList();
        return names.contains(site.active()) && names.contains(site.canary());
    }

    /** The first entry of a backend gets the number, others stay. */
    void divide(Map<String, BigDecimal> weights) {
        weights.forEach((wanted, weight) -> {
            var entry = entries().stream()
                    .filter(one -> wanted.equals(backend.apply(one)))
                    .findFirst()
                    .map(Document::content)
                    .orElseGet(() -> {
                        var made = added.apply(wanted);
                        items(parent, name).add(made);
                        return made;
                    });
            entry.put("weight", weight.intValueExact());
        });
    }

    void listAgain(String again, BigDecimal weight) {
        var entry = added.apply(again);
        entry.put("weight", weight.intValueExact());
        items(parent, name).add(entry);
    }

    void listOnce() {
        var weights = weights();
        var known = new HashSet<String>();
        items(parent, name).removeIf(entry -> !known.add(backend.apply(new Document(cast(entry)))));
        divide(weights);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Object entry) {
        return (Map<String, Object>) entry;
    }

    void strip() {
        entries().forEach(entry -> entry.content().remove("weight"));
    }
}
