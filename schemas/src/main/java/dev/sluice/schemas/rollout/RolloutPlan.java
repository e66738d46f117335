package dev.sluice.schemas.rollout;

import java.util.List;
import java.util.Map;

/**
 * A valid rollout file, resolved: what the engine carries out.
 *
 * @param targets in the file's order, at least one; narrowed to those that the command names
 */
public record RolloutPlan(String application, Map<String, String> labels, List<TargetPlan> targets) {
    public RolloutPlan {
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        targets = List.copyOf(targets);
    }
}
