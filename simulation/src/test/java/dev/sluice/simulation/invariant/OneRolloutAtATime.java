package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.State;
import dev.sluice.simulation.world.Observation;
import java.util.HashMap;
import java.util.Map;

/**
 * A rollout starts only once the one before it has ended; and a start that waits for that is started then, or is said never
 * to start: nobody forgets it (B03).
 */
public final class OneRolloutAtATime implements Invariant {
    /** By application. */
    private final Map<String, String> waiting = new HashMap<>();

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.Restored restored -> waiting.clear();
            case Observation.Committed committed -> committed.each(this::decided);
            default -> {}
        }
    }

    private void decided(State state, Decision decision) {
        switch (decision) {
            case Decision.Enqueued enqueued -> {
                var before = waiting.putIfAbsent(
                        state.application(), enqueued.queued().id());
                if (before != null) {
                    throw new Violation(this, enqueued.queued().id() + " waits beside " + before);
                }
            }
            case Decision.Dequeued dequeued -> waiting.remove(state.application());
            case Decision.Deleted deleted -> waiting.remove(state.application());
            case Decision.Started started -> {
                waiting.remove(state.application(), started.rollout().id());
                if (state.running()) {
                    throw new Violation(
                            this,
                            started.rollout().id() + " starts while "
                                    + state.rollout().id() + " runs");
                }
            }
            default -> {}
        }
    }

    @Override
    public void atEnd(Ending ending) {
        waiting.forEach((application, id) -> {
            if (!ending.states().get(application).running()) {
                throw new Violation(this, id + " of " + application + " waits, and nothing runs");
            }
        });
    }
}
