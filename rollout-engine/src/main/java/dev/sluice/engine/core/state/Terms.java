package dev.sluice.engine.core.state;

import dev.sluice.schemas.rollout.InProgress;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.window.Window;
import java.util.List;
import java.util.Map;

/**
 * What the file says of a rollout as a whole.
 *
 * @param rollbackGroup whether one target that fails brings all of them back
 * @param lockstep targets of a group enter each step together
 * @param inProgress what the start does while another rollout runs
 * @param windows in which weights go up
 * @param observes whether another tool decides, and Sluice only judges beside it
 */
public record Terms(
        Map<String, String> labels,
        boolean rollbackGroup,
        List<List<String>> lockstep,
        InProgress inProgress,
        List<Window> windows,
        boolean observes) {
    public static final Terms NONE = new Terms(Map.of(), false, List.of(), InProgress.REJECT, List.of());

    public Terms {
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        lockstep = lockstep == null
                ? List.of()
                : lockstep.stream().map(List::copyOf).toList();
        inProgress = inProgress == null ? InProgress.REJECT : inProgress;
        windows = windows == null ? List.of() : List.copyOf(windows);
    }

    /** Of a rollout that Sluice decides about. */
    public Terms(
            Map<String, String> labels,
            boolean rollbackGroup,
            List<List<String>> lockstep,
            InProgress inProgress,
            List<Window> windows) {
        this(labels, rollbackGroup, lockstep, inProgress, windows, false);
    }

    /** The targets that enter each step together with this one, itself among them. */
    public List<String> companions(String target) {
        return lockstep.stream()
                .filter(group -> group.contains(target))
                .findFirst()
                .orElse(List.of(target));
    }

    /** Targets that another tool decides about have nothing in common here: when each of them goes on is its to say. */
    public static Terms of(RolloutPlan plan) {
        return new Terms(
                plan.labels(),
                plan.rollbackGroup() && !plan.observes(),
                plan.observes() ? List.of() : plan.lockstep(),
                plan.inProgress(),
                plan.windows(),
                plan.observes());
    }
}
