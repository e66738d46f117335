package dev.sluice.engine.core.rule.step;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.rule.Rollbacks;
import dev.sluice.engine.core.state.Condition;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Why;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.rollout.Step;
import java.util.List;

/** Waiting for somebody's word. */
public final class Approvals {
    private Approvals() {}

    static Condition.Approval open(Draft d, Step.Approval step) {
        var until = step.expiration() == null ? null : d.at().plus(step.expiration());
        return new Condition.Approval(step, until, List.of());
    }

    static Why awaiting(Step.Approval step) {
        var who = step.requiresRoles().isEmpty() ? "anyone" : "one of the roles " + step.requiresRoles();
        return why(ReasonCode.APPROVAL_PENDING, "waits for an approval by " + who);
    }

    /** Those that are still waited for. */
    public static List<Condition.Approval> open(TargetRun run) {
        return run.stage() instanceof Stage.Gate gate
                ? gate.conditions().stream()
                        .filter(Condition.Approval.class::isInstance)
                        .map(Condition.Approval.class::cast)
                        .filter(approval -> !approval.isOver())
                        .toList()
                : List.of();
    }

    /** Nobody gave it in time (B22). */
    public static void expire(Draft d, TargetRun run) {
        open(run).stream()
                .filter(approval -> approval.until() != null && !d.at().isBefore(approval.until()))
                .findFirst()
                .ifPresent(approval -> Rollbacks.failed(
                        d,
                        run.name(),
                        why(ReasonCode.APPROVAL_EXPIRED, "nobody approved until " + approval.until()),
                        null));
    }
}
