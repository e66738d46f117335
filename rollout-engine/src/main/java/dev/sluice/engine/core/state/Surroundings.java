package dev.sluice.engine.core.state;

import java.util.List;

/**
 * Facts from outside an application that its decisions depend on, as they were when it was loaded.
 *
 * @param freezes that somebody has put up, over any applications
 */
public record Surroundings(List<Freeze> freezes) {
    public static final Surroundings NONE = new Surroundings(List.of());

    public Surroundings {
        freezes = List.copyOf(freezes);
    }
}
