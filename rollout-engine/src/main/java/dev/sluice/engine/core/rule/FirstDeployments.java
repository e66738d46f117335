package dev.sluice.engine.core.rule;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.step.Gates;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;
import dev.sluice.schemas.rollout.TargetPlan.FirstDeployment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What an active backend without a ready endpoint means at the start (B29): a first deployment only where nothing was
 * ever promoted, and only after every look for a while has found it so. Anywhere else it is an outage, and no moment to
 * begin.
 */
public final class FirstDeployments {
    private static final Duration SETTLE = Duration.ofSeconds(10);

    private FirstDeployments() {}

    /**
     * What the applier may conclude from an empty active backend; null: nothing, it waits. On the way back there is
     * nothing to conclude.
     */
    public static FirstDeployment allowed(State state, TargetRun run) {
        // what goes back leaves a backend that may well be empty
        if (state.rollout().isUndo()
                || !run.traffic().order().begin()
                || run.plan().firstDeployment() == FirstDeployment.STEPS) {
            return FirstDeployment.STEPS;
        }
        return promotedNothing(state, run) ? FirstDeployment.DIRECT : null;
    }

    public static Duration settle(TargetPlan plan) {
        return plan.settle() == null ? SETTLE : plan.settle();
    }

    public static boolean isOne(State state, TargetRun run) {
        var emptyFor = run.traffic().activeEmptyFor();
        return run.plan().firstDeployment() == FirstDeployment.DIRECT
                && promotedNothing(state, run)
                && emptyFor != null
                && emptyFor.compareTo(settle(run.plan())) >= 0;
    }

    private static boolean promotedNothing(State state, TargetRun run) {
        return !state.stableRevisions().containsKey(run.name())
                && run.traffic().routes().stream()
                        .noneMatch(route -> state.route(route.identity()).promoted());
    }

    public static void decide(Draft d, TargetRun run) {
        var why = why(
                ReasonCode.FIRST_DEPLOYMENT,
                "no endpoint of the active backend was ready for "
                        + run.traffic().activeEmptyFor().toSeconds()
                        + " s and nothing was promoted before: all traffic goes to the canary, timed pauses and analyses are skipped");
        d.decide(new Decision.FirstDeployment(run.name(), why, d.at(), direct(run.plan())));
    }

    /** Approvals that ask for roles, then everything: nobody is served yet whom steps could protect. */
    private static TargetPlan direct(TargetPlan plan) {
        var steps = new ArrayList<Step>();
        for (var step : plan.steps()) {
            var asked = Gates.conditions(step).stream()
                    .filter(condition -> condition instanceof Step.Approval approval
                            && !approval.requiresRoles().isEmpty())
                    .toList();
            steps.addAll(Step.Together.of(asked));
        }
        steps.add(new Step.SetWeight(Weight.FULL));
        return plan.with(List.copyOf(steps), null);
    }
}
