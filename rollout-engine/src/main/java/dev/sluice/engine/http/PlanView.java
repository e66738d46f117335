package dev.sluice.engine.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.engine.core.told.HoldView;
import dev.sluice.engine.shell.Outlook;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.rollout.InProgress;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.Route;
import dev.sluice.schemas.rollout.TargetPlan;
import dev.sluice.schemas.rollout.window.Window;
import java.util.List;

/**
 * What a valid rollout file comes to: every step, wait and gate that it would go through.
 *
 * @param warnings what its author may not want
 * @param now what a start would lead to if it came now, in order; null where nobody asked
 * @param holds what would hold which step if it began now; null where nobody asked
 * @param clusters what appliers find in the way of it, errors first; null where nobody asked
 * @param file the file as JSON, as a {@code start} carries it; null where nobody asked. Text, for whoever reads numbers as
 *     JavaScript does makes another revision of {@code 1.10}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanView(
        String application,
        InProgress ifRolloutInProgress,
        boolean rollbackGroup,
        List<List<String>> lockstep,
        List<Window> windows,
        List<Target> targets,
        List<Problem> warnings,
        List<Led> now,
        List<HoldView> holds,
        List<ClusterView> clusters,
        String file) {

    /**
     * @param before what is waited for before it begins; null: nothing
     * @param steps ramps expanded, the implied 100 % included
     * @param watchedBy queries of the analysis beside the steps; null: none
     * @param after what is waited for before the targets that depend on it go on; null: nothing
     * @param routes identities of what it moves
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Target(
            String target,
            String cluster,
            String namespace,
            List<String> dependsOn,
            List<StepView> before,
            List<StepView> steps,
            List<String> watchedBy,
            OnPromoted onPromoted,
            List<StepView> after,
            List<String> routes) {}

    /** A decision as the audit would show it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Led(String decision, String target, String reason) {
        private static Led of(Audit decision) {
            return new Led(decision.decision(), decision.target(), decision.reason());
        }
    }

    PlanView with(Outlook.Seen seen) {
        var led = seen.decisions().stream().map(Led::of).toList();
        return new PlanView(
                application,
                ifRolloutInProgress,
                rollbackGroup,
                lockstep,
                windows,
                targets,
                warnings,
                led,
                seen.holds(),
                clusters,
                file);
    }

    PlanView with(List<ClusterView> found) {
        return new PlanView(
                application,
                ifRolloutInProgress,
                rollbackGroup,
                lockstep,
                windows,
                targets,
                warnings,
                now,
                holds,
                found,
                file);
    }

    PlanView withFile(String json) {
        return new PlanView(
                application,
                ifRolloutInProgress,
                rollbackGroup,
                lockstep,
                windows,
                targets,
                warnings,
                now,
                holds,
                clusters,
                json);
    }

    static PlanView of(RolloutPlan plan, List<Problem> warnings) {
        return new PlanView(
                plan.application(),
                plan.inProgress(),
                plan.rollbackGroup(),
                plan.lockstep(),
                plan.windows(),
                plan.targets().stream().map(PlanView::of).toList(),
                warnings,
                null,
                null,
                null,
                null);
    }

    private static Target of(TargetPlan plan) {
        return new Target(
                plan.name(),
                plan.cluster(),
                plan.namespace(),
                plan.dependsOn(),
                StepView.beside(plan.before()),
                StepView.of(plan.steps()),
                plan.background() == null
                        ? null
                        : plan.background().queries().stream().map(Query::name).toList(),
                plan.onPromoted(),
                StepView.beside(plan.after()),
                plan.routes().stream().map(Route::identity).toList());
    }
}
