package dev.sluice.engine.core.state;

import java.time.Instant;
import java.util.Map;

/**
 * Somebody's word that no weight goes up, until it is lifted. Going back never waits for it (B24).
 *
 * @param id the command's that put it up
 * @param labels of the rollouts that it holds, all of them; empty: every rollout
 * @param until when it lifts itself; null: never
 */
public record Freeze(String id, Map<String, String> labels, String actor, String reason, Instant since, Instant until) {
    public Freeze {
        labels = labels == null ? Map.of() : Map.copyOf(labels);
    }
}
