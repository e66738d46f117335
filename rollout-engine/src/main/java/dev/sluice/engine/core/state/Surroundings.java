package dev.sluice.engine.core.state;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Facts from outside an application that its decisions depend on, as they were when it was loaded.
 *
 * @param freezes that somebody has put up, over any applications
 * @param overriders roles of which one lets its bearer's command pass freezes and windows
 */
public record Surroundings(List<Freeze> freezes, Set<String> overriders) {
    public static final Surroundings NONE = new Surroundings(List.of(), Set.of());

    public Surroundings {
        freezes = List.copyOf(freezes);
        overriders = Set.copyOf(overriders);
    }

    /** What holds the rollout the longest, if anything does. */
    public Optional<Freeze> freezeOver(Rollout rollout, Instant at) {
        return Freeze.over(freezes, rollout.terms().labels(), at);
    }
}
