package dev.sluice.engine.http;

import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.Route;
import dev.sluice.schemas.rollout.TargetPlan;
import java.util.List;

/**
 * What a valid rollout file comes to.
 *
 * @param warnings what its author may not want
 */
public record PlanView(String application, List<Target> targets, List<Problem> warnings) {

    /** @param routes identities of what it moves */
    public record Target(
            String target,
            String cluster,
            String namespace,
            List<String> dependsOn,
            List<StepView> steps,
            List<String> routes) {}

    static PlanView of(RolloutPlan plan, List<Problem> warnings) {
        return new PlanView(
                plan.application(), plan.targets().stream().map(PlanView::of).toList(), warnings);
    }

    private static Target of(TargetPlan plan) {
        return new Target(
                plan.name(),
                plan.cluster(),
                plan.namespace(),
                plan.dependsOn(),
                StepView.of(plan),
                plan.routes().stream().map(Route::identity).toList());
    }
}
