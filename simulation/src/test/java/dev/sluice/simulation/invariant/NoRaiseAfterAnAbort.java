package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.State;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.simulation.world.Observation;
import java.util.HashSet;
import java.util.Set;

/**
 * Once a target has turned back, whatever the reason, its rollout orders no weight above 0 any more. A database that
 * comes back older may have forgotten the turn, until it hears of it again.
 */
public final class NoRaiseAfterAnAbort implements Invariant {
    private final Set<String> turnedBack = new HashSet<>();
    private final Set<String> zeroPublished = new HashSet<>();

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.Committed committed -> committed.each(this::decided);
            case Observation.Appended(var topic, var partition, var offset, var key, WeightOrder order, var at)
            when topic == Topic.WEIGHTS && !order.check() -> published(order);
            case Observation.Restored restored -> {
                turnedBack.clear();
                zeroPublished.clear();
            }
            default -> {}
        }
    }

    private void decided(State state, Decision decision) {
        switch (decision) {
            case Decision.Started started -> {}
            case Decision.RollbackBegan back -> turnedBack.add(rollout(state) + "/" + back.target());
            case Decision.Ordered ordered -> {
                var weight = ordered.order().weight();
                var target = rollout(state) + "/" + ordered.target();
                if (turnedBack.contains(target) && weight != null && !weight.isZero()) {
                    throw new Violation(this, target + " orders " + weight + " % after it has turned back");
                }
            }
            default -> {}
        }
    }

    /** On the topic the raise may still be on its way when the abort is decided; behind the order of 0 it may not be. */
    private void published(WeightOrder order) {
        var target = order.rollout() + "/" + order.target() + "/" + order.route();
        if (order.weight() == null) {
            return;
        }
        if (order.weight().isZero() && turnedBack.contains(order.rollout() + "/" + order.target())) {
            zeroPublished.add(target);
        } else if (!order.weight().isZero() && zeroPublished.contains(target)) {
            throw new Violation(this, target + " publishes " + order.weight() + " % after the order of 0");
        }
    }

    private static String rollout(State state) {
        return state.application() + "/" + state.rollout().id();
    }
}
