package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.Rollout;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.simulation.world.Observation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * All orders of a rollout's target carry one generation, unless a fence was raised; no two rollouts share one on a route;
 * and one pair of generation and sequence means one thing.
 */
public final class OneGenerationPerTarget implements Invariant {
    private final Map<String, Long> generations = new HashMap<>();
    private final Map<String, String> meanings = new HashMap<>();
    private final Set<String> raised = new HashSet<>();

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.Restored restored -> {
                generations.clear();
                meanings.clear();
            }
            case Observation.Committed committed ->
                committed.each((state, decision) -> {
                    if (decision instanceof Decision.FenceRaised fence) {
                        raised.add(state.rollout().id() + "/" + fence.target());
                        generations.remove(state.rollout().id() + "/" + fence.target());
                    } else if (decision instanceof Decision.Ordered ordered) {
                        ordered(state.rollout(), ordered);
                    }
                });
            case Observation.Appended(var topic, var partition, var offset, var key, WeightOrder order, var at)
            when !order.check() -> published(order);
            default -> {}
        }
    }

    private void ordered(Rollout rollout, Decision.Ordered ordered) {
        var name = rollout.id() + "/" + ordered.target();
        var generation =
                rollout.target(ordered.target()).orElseThrow().traffic().generation();
        var known = generations.putIfAbsent(name, generation);
        if (known != null && known != generation && !raised.contains(name)) {
            throw new Violation(this, name + " orders under " + generation + " after " + known);
        }
    }

    private void published(WeightOrder order) {
        var pair = order.route() + "/" + order.generation() + "." + order.sequence();
        var meaning = order.rollout() + " " + order.weight() + " " + order.end();
        var known = meanings.putIfAbsent(pair, meaning);
        if (known != null && !known.equals(meaning)) {
            throw new Violation(this, pair + " means " + meaning + " and meant " + known);
        }
    }
}
