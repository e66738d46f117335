package dev.sluice.schemas.rollout;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.schemas.rollout.window.Window;
import java.util.List;
import java.util.Map;

/**
 * A valid rollout file, resolved: what the engine carries out. A plan that an older version stored lacks what came later, and
 * means what its file meant then.
 *
 * @param targets in the file's order, at least one; narrowed to those that the command names
 * @param rollbackGroup whether one target that rolls back takes every other along
 * @param lockstep groups of targets that enter each step together, narrowed like {@code targets}: each of at least two
 * @param windows when weights may go up; {@link dev.sluice.schemas.rollout.window.Windows} reads them
 * @param observes whether another tool decides, and Sluice only judges beside it
 */
public record RolloutPlan(
        String application,
        Map<String, String> labels,
        List<TargetPlan> targets,
        boolean rollbackGroup,
        List<List<String>> lockstep,
        InProgress inProgress,
        List<Window> windows,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean observes) {
    public RolloutPlan {
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        targets = List.copyOf(targets);
        lockstep = lockstep == null
                ? List.of()
                : lockstep.stream().map(List::copyOf).toList();
        inProgress = inProgress == null ? InProgress.REJECT : inProgress;
        windows = windows == null ? List.of() : List.copyOf(windows);
    }

    /** Of targets that Sluice decides about. */
    public RolloutPlan(
            String application,
            Map<String, String> labels,
            List<TargetPlan> targets,
            boolean rollbackGroup,
            List<List<String>> lockstep,
            InProgress inProgress,
            List<Window> windows) {
        this(application, labels, targets, rollbackGroup, lockstep, inProgress, windows, false);
    }

    /** The same, where another tool decides. */
    public RolloutPlan observing() {
        return new RolloutPlan(application, labels, targets, rollbackGroup, lockstep, inProgress, windows, true);
    }

    /** Of targets that go each for itself, at any time, and never beside another rollout. */
    public RolloutPlan(String application, Map<String, String> labels, List<TargetPlan> targets) {
        this(application, labels, targets, false, List.of(), InProgress.REJECT, List.of());
    }
}
