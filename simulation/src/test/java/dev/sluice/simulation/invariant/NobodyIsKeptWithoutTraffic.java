package dev.sluice.simulation.invariant;

import dev.sluice.applier.core.Annotations;
import dev.sluice.applier.mesh.Document;
import dev.sluice.schemas.Weight;
import dev.sluice.simulation.world.Observation;

/** A canary that has none of the traffic, as after an abort, or all of it, keeps no client by a cookie. */
public final class NobodyIsKeptWithoutTraffic implements Invariant {
    @Override
    public void see(Observation seen) {
        if (seen instanceof Observation.Stored stored
                && stored.after() != null
                && !isDivided(stored.after(), stored.route())
                && stored.site().manifest().isKeeping(stored.after(), stored.site())) {
            throw new Violation(this, stored.route() + " keeps clients without traffic: " + stored.after());
        }
    }

    private static boolean isDivided(Document document, String route) {
        return Annotations.readFence(document.text("metadata", "annotations", Annotations.fenceKey(route)))
                .filter(fence -> !fence.weight().isZero() && !fence.weight().equals(Weight.FULL))
                .isPresent();
    }
}
