package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.Rollout;
import dev.sluice.engine.core.state.RouteRun;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.simulation.world.Observation;
import java.util.HashMap;
import java.util.Map;

/** An undo sends the traffic to the backend that had it before the promotion that is undone, all of it at once. */
public final class UndoesGoBack implements Invariant {
    /** Backends that had the traffic, by promotion and route. */
    private final Map<String, String> left = new HashMap<>();

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.Restored restored -> left.clear();
            case Observation.Committed committed ->
                committed.each((state, decision) -> decided(state.rollout(), decision));
            default -> {}
        }
    }

    private void decided(Rollout rollout, Decision decision) {
        switch (decision) {
            case Decision.Promoted promoted -> {
                var run = rollout.target(promoted.target()).orElseThrow();
                if (run.plan().onPromoted() == OnPromoted.SWAP) {
                    run.traffic().routes().forEach(route -> left.put(key(rollout.id(), route), route.active()));
                }
            }
            // the clusters may know of a promotion that this engine doesn't
            case Decision.FenceRaised raised -> left.keySet().removeIf(key -> key.endsWith(" " + raised.route()));
            case Decision.ActiveLearnt learnt -> left.keySet().removeIf(key -> key.endsWith(" " + learnt.route()));
            case Decision.Began began when rollout.isUndo() -> began.routes().forEach(route -> check(rollout, route));
            case Decision.Ordered ordered
            when rollout != null && rollout.isUndo() -> {
                var weight = ordered.order().weight();
                if (weight != null && !weight.isZero() && !weight.equals(Weight.FULL)) {
                    throw new Violation(this, rollout.id() + " goes back by " + weight + " %");
                }
            }
            default -> {}
        }
    }

    private void check(Rollout undo, RouteRun route) {
        var wanted = left.get(key(undo.origin().undoOf(), route));
        if (wanted != null && !wanted.equals(route.canary())) {
            throw new Violation(
                    this,
                    undo.id() + " sends " + route.identity() + " to " + route.canary() + " and not back to " + wanted);
        }
    }

    private static String key(String rollout, RouteRun route) {
        return rollout + " " + route.identity();
    }
}
