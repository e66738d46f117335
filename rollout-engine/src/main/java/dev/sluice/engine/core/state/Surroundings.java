package dev.sluice.engine.core.state;

import dev.sluice.schemas.message.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Facts from outside an application that its decisions depend on, as they were when it was loaded.
 *
 * @param freezes that somebody has put up, over any applications
 * @param overriders roles of which one lets its bearer's command pass freezes and windows
 * @param past of the application's rollouts that the event names: where each stands, by its id; one that isn't known is left out
 */
public record Surroundings(List<Freeze> freezes, Set<String> overriders, Map<String, Phase> past) {
    public static final Surroundings NONE = new Surroundings(List.of(), Set.of());

    public Surroundings {
        freezes = List.copyOf(freezes);
        overriders = Set.copyOf(overriders);
        past = Map.copyOf(past);
    }

    /** Of an event that names no rollout. */
    public Surroundings(List<Freeze> freezes, Set<String> overriders) {
        this(freezes, overriders, Map.of());
    }

    /** What holds the rollout the longest, if anything does. */
    public Optional<Freeze> freezeOver(Rollout rollout, Instant at) {
        return Freeze.over(freezes, rollout.terms().labels(), at);
    }
}
