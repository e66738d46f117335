package dev.sluice.simulation.invariant;

import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.wire.Keys;
import dev.sluice.simulation.world.Observation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The routes of a rollout that was promoted or taken back send nobody's requests and no copies anywhere beside their weights
 * (B20). What a person has touched since is left out: what lost Sluice's marks there is a person's own.
 */
public final class NothingIsLeftBeside implements Invariant {
    private static final Set<Phase> OVER = Set.of(Phase.PROMOTED, Phase.ROLLED_BACK);

    private final Set<String> touched = new HashSet<>();
    private final Map<String, Long> generations = new HashMap<>();

    @Override
    public void see(Observation seen) {
        if (seen instanceof Observation.Written written) {
            if (written.byHand()) {
                touched.add(written.route());
            } else if (written.after() != null) {
                generations.merge(written.route(), written.after().fence().generation(), Math::max);
            }
        }
    }

    @Override
    public void atEnd(Ending ending) {
        for (var state : ending.states().values()) {
            if (state.rollout() == null) {
                continue;
            }
            for (var target : state.rollout().targets()) {
                var status = ending.dashboard().get(Keys.applicationTarget(state.application(), target.name()));
                if (status != null && status.rollout().equals(state.rollout().id()) && OVER.contains(status.phase())) {
                    target.plan().routes().forEach(route -> check(route.identity(), status.generation(), ending));
                }
            }
        }
    }

    private void check(String route, long generation, Ending ending) {
        var split = ending.objects().get(route);
        var isAnothers = touched.contains(route) || generations.getOrDefault(route, 0L) > generation;
        if (split != null && !isAnothers && (split.matching() || split.copying())) {
            throw new Violation(this, route + " still sends requests beside its weights: " + split);
        }
    }
}
