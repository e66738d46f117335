package dev.sluice.engine.http;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanView(
        String application,
        InProgress ifRolloutInProgress,
        boolean rollbackGroup,
        List<List<String>> lockstep,
        List<Window> windows,
        List<Target> targets,
        List<Problem> warnings) {

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

    static PlanView of(RolloutPlan plan, List<Problem> warnings) {
        return new PlanView(
                plan.application(),
                plan.inProgress(),
                plan.rollbackGroup(),
                plan.lockstep(),
                plan.windows(),
                plan.targets().stream().map(PlanView::of).toList(),
                warnings);
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
