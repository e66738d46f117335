package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
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
            case Observation.Committed committed -> committed.decisions().forEach(d -> decided(committed, d));
            default -> {}
        }
    }

    private void decided(Observation.Committed committed, Decision decision) {
        switch (decision) {
            case Decision.Promoted d -> end(committed, d);
            case Decision.RolledBack d -> end(committed, d);
            case Decision.Failed d -> end(committed, d);
            case Decision.Cancelled d -> end(committed, d);
            case Decision.Reverted d -> ended.remove(name(committed, d));
            case Decision.Ordered d -> {
                if (ended.contains(name(committed, d))) {
                    throw new Violation(this, name(committed, d) + " orders something after its end");
                }
            }
            default -> {}
        }
    }

    private void end(Observation.Committed committed, Decision decision) {
        if (!ended.add(name(committed, decision))) {
            throw new Violation(this, name(committed, decision) + " ends twice, now " + decision.name());
        }
    }

    private static String name(Observation.Committed committed, Decision decision) {
        return committed.application() + "/" + committed.after().rollout().id() + "/" + decision.target();
    }
}
