package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.State;
import dev.sluice.simulation.world.Observation;
import java.util.HashSet;
import java.util.Set;

/** A target of a rollout ends once, one way, and begins nothing after it, unless its group takes it back. */
public final class OneEndPerTarget implements Invariant {
    private final Set<String> ended = new HashSet<>();

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.Restored restored -> ended.clear();
            case Observation.Committed committed -> committed.each(this::decided);
            default -> {}
        }
    }

    private void decided(State state, Decision decision) {
        switch (decision) {
            case Decision.Promoted d -> end(state, d);
            case Decision.RolledBack d -> end(state, d);
            case Decision.Failed d -> end(state, d);
            case Decision.Cancelled d -> end(state, d);
            case Decision.Reverted d -> ended.remove(name(state, d));
            case Decision.Ordered d -> {
                if (ended.contains(name(state, d))) {
                    throw new Violation(this, name(state, d) + " orders something after its end");
                }
            }
            default -> {}
        }
    }

    private void end(State state, Decision decision) {
        if (!ended.add(name(state, decision))) {
            throw new Violation(this, name(state, decision) + " ends twice, now " + decision.name());
        }
    }

    private static String name(State state, Decision decision) {
        return state.application() + "/" + state.rollout().id() + "/" + decision.target();
    }
}
