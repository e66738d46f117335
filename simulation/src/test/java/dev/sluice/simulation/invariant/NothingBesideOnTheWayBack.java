package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.State;
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
            case Observation.Committed committed -> committed.each(this::decided);
            default -> {}
        }
    }

    private void decided(State state, Decision decision) {
        switch (decision) {
            case Decision.RollbackBegan back -> turnedBack.add(target(state, decision));
            case Decision.Ordered ordered -> {
                var order = ordered.order();
                var isMore = order.desired() != null
                        && (order.desired().match() != null || order.desired().mirror() != null);
                if (isMore && (order.end() != null || turnedBack.contains(target(state, decision)))) {
                    throw new Violation(this, target(state, decision) + " is over, and orders " + order.desired());
                }
            }
            default -> {}
        }
    }

    private static String target(State state, Decision decision) {
        return state.application() + "/" + state.rollout().id() + "/" + decision.target();
    }
}
