package dev.sluice.simulation.cluster;

import dev.sluice.applier.core.Routed;
import dev.sluice.applier.core.RoutingObject;
import dev.sluice.applier.core.RoutingObject.Editor;
import dev.sluice.schemas.message.Fence;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * A TrafficSplit as the API server keeps it.
 *
 * @param unfit what the applier's reader says where a backend stands twice; null where none does
 */
public record Split(
        String uid,
        long version,
        Map<String, BigDecimal> weights,
        Map<String, BigDecimal> lastApplied,
        Fence fence,
        boolean managed,
        List<Editor> editors,
        String unfit) {
    public Split {
        weights = Map.copyOf(weights);
        lastApplied = Map.copyOf(lastApplied);
        editors = List.copyOf(editors);
    }

    /** In percent of all; 0 for a backend that isn't listed. */
    public double share(String backend) {
        var total =
                weights.values().stream().mapToDouble(BigDecimal::doubleValue).sum();
        return total == 0 ? 0 : weights.getOrDefault(backend, BigDecimal.ZERO).doubleValue() * 100 / total;
    }

    public boolean servesSomebody() {
        return weights.values().stream().anyMatch(weight -> weight.signum() > 0);
    }

    RoutingObject seen() {
        return new RoutingObject(
                uid,
                Long.toString(version),
                Routed.by(weights, unfit),
                lastApplied,
                fence,
                managed,
                false,
                editors,
                null);
    }

    Split at(long nextVersion) {
        return new Split(uid, nextVersion, weights, lastApplied, fence, managed, editors, unfit);
    }
}
