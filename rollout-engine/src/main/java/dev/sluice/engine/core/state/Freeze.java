package dev.sluice.engine.core.state;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody's word that no weight goes up, until it is lifted. Going back never waits for it (B24).
 *
 * @param id the command's that put it up, or what it says
 * @param labels of the rollouts that it holds, all of them; empty: every rollout
 * @param until when it lifts itself; null: never
 */
public record Freeze(String id, Map<String, String> labels, String actor, String reason, Instant since, Instant until) {
    /** The application whose state keeps all of them; nobody rolls it out. */
    public static final String APPLICATION = "*";

    public Freeze {
        labels = labels == null ? Map.of() : Map.copyOf(labels);
    }

    public boolean isOver(Instant at) {
        return until != null && !at.isBefore(until);
    }

    /** For people. */
    public String words() {
        return "frozen by " + actor + (reason == null ? "" : ": " + reason);
    }

    /** @param ofRollout its labels */
    public boolean binds(Map<String, String> ofRollout, Instant at) {
        return !isOver(at) && ofRollout.entrySet().containsAll(labels.entrySet());
    }

    /** The one that holds a rollout with these labels the longest. */
    static Optional<Freeze> over(List<Freeze> standing, Map<String, String> ofRollout, Instant at) {
        return standing.stream()
                .filter(freeze -> freeze.binds(ofRollout, at))
                .max(Comparator.comparing(Freeze::until, Comparator.nullsLast(Comparator.naturalOrder())));
    }
}
