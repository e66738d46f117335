package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.State;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.simulation.world.Observation;
import java.util.HashMap;
import java.util.Map;

/** After a swap the next rollout of the route names the promoted backend as active, whatever its file says. */
public final class BeginsWithTheLiveBackend implements Invariant {
    private final Map<String, String> live = new HashMap<>();

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.Restored restored -> live.clear();
            case Observation.Committed committed -> committed.each(this::decided);
            default -> {}
        }
    }

    private void decided(State state, Decision decision) {
        switch (decision) {
            case Decision.Began began ->
                began.routes().forEach(route -> {
                    var known = live.get(route.plan().identity());
                    if (known != null && !known.equals(route.active())) {
                        throw new Violation(
                                this,
                                route.plan().identity() + " begins with " + route.active() + ", but " + known
                                        + " is live");
                    }
                    live.put(route.plan().identity(), route.active());
                });
            case Decision.FenceRaised raised -> live.remove(raised.route());
            case Decision.ActiveLearnt learnt -> live.put(learnt.route(), learnt.active());
            case Decision.Promoted promoted -> {
                var run = state.rollout().target(promoted.target()).orElseThrow();
                if (run.plan().onPromoted() == OnPromoted.SWAP) {
                    run.traffic()
                            .routes()
                            .forEach(route -> live.put(route.plan().identity(), route.canary()));
                }
            }
            case Decision.Reverted reverted ->
                state.rollout().target(reverted.target()).orElseThrow().traffic().routes().stream()
                        .forEach(route -> live.put(route.plan().identity(), route.active()));
            default -> {}
        }
    }
}
