package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.Event;
import dev.sluice.simulation.world.Observation;
import java.util.HashSet;
import java.util.Set;

/** However often a command comes, it is carried out or refused once; after that it is only ever ignored. */
public final class EachCommandWorksOnce implements Invariant {
    private final Set<String> taken = new HashSet<>();

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.Restored restored -> taken.clear();
            case Observation.Committed committed -> {
                if (committed.event() instanceof Event.CommandReceived received) {
                    check(committed, received.command().id());
                }
            }
            default -> {}
        }
    }

    private void check(Observation.Committed committed, String id) {
        // what has become due in the meantime follows after
        var works = !(committed.decisions().getFirst() instanceof Decision.Ignored);
        if (works && !taken.add(id)) {
            throw new Violation(this, "command " + id + " works again: " + committed.decisions());
        }
    }
}
