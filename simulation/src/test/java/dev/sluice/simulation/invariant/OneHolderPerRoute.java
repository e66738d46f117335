package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.state.State;
import dev.sluice.simulation.world.Observation;
import java.util.HashMap;
import java.util.Map;

/** Two rollouts never hold one route: of all targets that are not over, each route belongs to one. */
public final class OneHolderPerRoute implements Invariant {
    private final Map<String, State> states = new HashMap<>();

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.Restored restored -> states.clear();
            case Observation.Committed committed -> {
                states.put(committed.application(), committed.after());
                if (committed.after().running() && !committed.after().rollout().isObserving()) {
                    check(committed);
                }
            }
            default -> {}
        }
    }

    private void check(Observation.Committed committed) {
        for (var target : committed.after().rollout().targets()) {
            if (target.position().phase().isFinal()) {
                continue;
            }
            for (var route : target.plan().routes()) {
                states.values().stream()
                        .filter(other ->
                                !other.application().equals(committed.application()) && holds(other, route.identity()))
                        .findFirst()
                        .ifPresent(other -> {
                            throw new Violation(
                                    this,
                                    route.identity() + " is held by " + committed.application() + " and by "
                                            + other.application());
                        });
            }
        }
    }

    private static boolean holds(State state, String route) {
        return state.running()
                && !state.rollout().isObserving()
                && state.rollout().targets().stream()
                        .filter(target -> !target.position().phase().isFinal())
                        .flatMap(target -> target.plan().routes().stream())
                        .anyMatch(held -> held.identity().equals(route));
    }
}
