package dev.sluice.simulation.cluster;

import dev.sluice.applier.core.Annotations;
import dev.sluice.applier.mesh.Document;
import dev.sluice.schemas.message.Fence;
import dev.sluice.simulation.manifest.Site;
import java.math.BigDecimal;
import java.util.Map;

/**
 * How a route divides its traffic, as customers feel it: not read by the applier's meshes.
 *
 * @param weights by backend, in whatever unit
 * @param starving whether some of its traffic goes to nobody
 * @param matching whether requests that match go to a backend whatever the weights
 * @param copying whether a backend gets copies of others' requests
 * @param uneven whether several lists of the route that should say the same don't
 */
public record Split(
        String uid,
        Map<String, BigDecimal> weights,
        boolean starving,
        boolean uneven,
        boolean matching,
        boolean copying,
        Fence fence,
        boolean managed,
        boolean paused) {
    public Split {
        weights = Map.copyOf(weights);
    }

    /** @param fenceKey where the route's fence stands */
    public static Split of(Document main, Site site, String fenceKey) {
        return new Split(
                main.text("metadata", "uid"),
                site.manifest().weights(main, site),
                site.manifest().isStarving(main, site),
                site.manifest().isUneven(main, site),
                site.manifest().isMatching(main, site),
                site.manifest().isCopying(main, site),
                Annotations.readFence(main.text("metadata", "annotations", fenceKey))
                        .orElse(null),
                "true".equals(main.text("metadata", "labels", Annotations.MANAGED_LABEL)),
                "true".equals(main.text("metadata", "annotations", Annotations.PAUSED)));
    }

    /** In percent of all; 0 for a backend that isn't listed. */
    public double share(String backend) {
        var total =
                weights.values().stream().mapToDouble(BigDecimal::doubleValue).sum();
        return total == 0 ? 0 : weights.getOrDefault(backend, BigDecimal.ZERO).doubleValue() * 100 / total;
    }

    public boolean servesAll() {
        return !starving;
    }
}
