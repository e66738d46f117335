package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.simulation.world.Observation;
import java.util.HashSet;
import java.util.Set;

/**
 * Once a target has turned back, its rollout sends the canary nothing beside its weight any more: neither requests that match
 * nor copies. Nor does an order that ends it. A database that comes back older may have forgotten the turn.
 */
public final class NothingBesideOnTheWayBack implements Invariant {
    private final Set<String> turnedBack = new HashSet<>();

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.Restored restored -> turnedBack.clear();
            case Observation.Committed committed -> committed.decisions().forEach(d -> decided(committed, d));
            default -> {}
        }
    }

    private void decided(Observation.Committed committed, Decision decision) {
        switch (decision) {
            case Decision.RollbackBegan back -> turnedBack.add(target(committed, decision));
            case Decision.Ordered ordered -> {
                var order = ordered.order();
                var isMore = order.desired() != null
                        && (order.desired().match() != null || order.desired().mirror() != null);
                if (isMore && (order.end() != null || turnedBack.contains(target(committed, decision)))) {
                    throw new Violation(this, target(committed, decision) + " is over, and orders " + order.desired());
                }
            }
            default -> {}
        }
    }

    private static String target(Observation.Committed committed, Decision decision) {
        return committed.application() + "/" + committed.after().rollout().id() + "/" + decision.target();
    }
}
