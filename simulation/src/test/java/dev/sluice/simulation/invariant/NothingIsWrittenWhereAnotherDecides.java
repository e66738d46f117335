package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.Rollout;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.simulation.world.Observation;
import java.util.HashSet;
import java.util.Set;

/**
 * Where another tool decides Sluice writes nothing: no order that is one to carry out bears the name of a rollout that only observes,
 * and no object is written that nobody ever ordered anything of.
 */
public final class NothingIsWrittenWhereAnotherDecides implements Invariant {
    private final Set<String> observing = new HashSet<>();
    private final Set<String> ordered = new HashSet<>();

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.Committed committed ->
                committed.each((state, decision) -> {
                    if (decision instanceof Decision.Started started) {
                        begin(started.rollout());
                    }
                });
            case Observation.Appended appended
            when appended.topic() == Topic.WEIGHTS && appended.message() instanceof WeightOrder order -> order(order);
            case Observation.Stored stored -> {
                if (!ordered.contains(stored.route())) {
                    throw new Violation(this, stored.route() + " was written, and nobody had ordered anything of it");
                }
            }
            default -> {}
        }
    }

    private void begin(Rollout rollout) {
        if (rollout.isObserving()) {
            observing.add(rollout.id());
        }
    }

    private void order(WeightOrder order) {
        if (!order.check()) {
            ordered.add(order.route());
        }
        var isToBeCarriedOut = !order.check() || order.weight() != null;
        if (isToBeCarriedOut && observing.contains(order.rollout())) {
            throw new Violation(this, "a rollout that only observes orders " + order);
        }
    }
}
