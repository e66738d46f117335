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
 * no object the fence of one, and none is written that nobody ever ordered anything of.
 */
public final class NothingIsWrittenWhereAnotherDecides implements Invariant {
    private final Set<String> observing = new HashSet<>();
    private final Set<String> ordered = new HashSet<>();
    /** Route and generation. */
    private final Set<String> observed = new HashSet<>();

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
            case Observation.Written written when !written.byHand() -> written(written);
            default -> {}
        }
    }

    private void written(Observation.Written written) {
        var fence = written.after() == null ? null : written.after().fence();
        if (fence != null && observed.contains(written.route() + "/" + fence.generation())) {
            throw new Violation(this, written.route() + " was written for a rollout that only observes: " + written);
        }
    }

    private void begin(Rollout rollout) {
        if (rollout.isObserving()) {
            observing.add(rollout.id());
        }
    }

    private void order(WeightOrder order) {
        if (order.observe()) {
            observed.add(order.route() + "/" + order.generation());
        } else if (!order.check()) {
            ordered.add(order.route());
        }
        var isToBeCarriedOut = !order.check() || order.weight() != null;
        if (isToBeCarriedOut && observing.contains(order.rollout())) {
            throw new Violation(this, "a rollout that only observes orders " + order);
        }
    }
}
