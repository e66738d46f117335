package dev.sluice.engine.core.rule.step;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.rule.Rollbacks;
import dev.sluice.engine.core.state.Gate;
import dev.sluice.engine.core.state.Origin;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Why;
import dev.sluice.engine.core.state.Word;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Waiting for somebody's word. */
public final class Approvals {
    private Approvals() {}

    static Word.Approval open(Draft d, Step.Approval step) {
        var until = step.expiration() == null ? null : d.at().plus(step.expiration());
        return Word.Approval.open(step, until);
    }

    static Why awaiting(Step.Approval step) {
        var who = step.requiresRoles().isEmpty() ? "anyone" : "one of the roles " + step.requiresRoles();
        var several = step.minApprovals() > 1;
        var words = several ? step.minApprovals() + " approvals by different people, each " : "an approval by ";
        var but = step.notByStarter() ? ", but whoever started it" : "";
        return why(ReasonCode.APPROVAL_PENDING, "waits for " + words + (several ? "of " : "") + who + but);
    }

    /** Those that are still waited for. */
    public static List<Word.Approval> open(TargetRun run) {
        return run.stage() instanceof Gate gate
                ? gate.conditions().stream()
                        .filter(Word.Approval.class::isInstance)
                        .map(Word.Approval.class::cast)
                        .filter(approval -> !approval.isOver())
                        .toList()
                : List.of();
    }

    /** Why whoever commands may not answer it at all; empty where they may. */
    public static Optional<String> lacksRole(Draft d, Step.Approval asks, Command command) {
        var isOneOf =
                asks.requiresRoles().isEmpty() || command.roles().stream().anyMatch(asks.requiresRoles()::contains);
        return isOneOf
                ? Optional.empty()
                : Optional.of(command.type().word() + " needs one of the roles " + asks.requiresRoles() + "; "
                        + command.actor() + " has " + command.roles() + unproven(d));
    }

    private static String unproven(Draft d) {
        return !d.isUnproven()
                ? ""
                : ", for what a record on " + d.entrance().via()
                        + " says of its sender is not believed: send it by HTTP, or on a topic that is trusted for it";
    }

    /** Where people are told apart, a name that anybody can write counts for nobody. */
    private static Optional<String> isUnknown(Draft d, Step.Approval asks, Command command) {
        var tellsApart = asks.minApprovals() > 1 || asks.notByStarter();
        return tellsApart && d.isUnproven()
                ? Optional.of(command.type().word() + " needs somebody who is known" + unproven(d))
                : Optional.empty();
    }

    /** Why a rollout can't go by this plan: it asks for somebody else than its starter, and who that is nobody has proven. */
    public static Optional<String> refusal(Origin origin, RolloutPlan plan) {
        return plan.targets().stream()
                .filter(target -> origin.unproven() && steps(target).anyMatch(Approvals::isNotByStarter))
                .findFirst()
                .map(target -> "an approval of target " + target.name()
                        + " counts only if somebody else than the starter gives it (`notByStarter`), and who started"
                        + " the rollout is not proven: start it by HTTP, or on a topic that is trusted for it");
    }

    private static Stream<Step> steps(TargetPlan target) {
        return Stream.of(target.before(), target.steps(), target.after()).flatMap(List::stream);
    }

    private static boolean isNotByStarter(Step step) {
        return Gates.conditions(step).stream()
                .anyMatch(condition -> condition instanceof Step.Approval approval && approval.notByStarter());
    }

    /** Why their word is no approval; empty where it is. */
    public static Optional<String> refusal(Draft d, Word.Approval open, Command command) {
        var asks = open.asks();
        return lacksRole(d, asks, command)
                .or(() -> isUnknown(d, asks, command))
                .or(() -> asks.notByStarter()
                                && command.actor().equals(d.state().rollout().actor())
                        ? Optional.of(command.type().word() + " needs somebody else than " + command.actor()
                                + ", who started this rollout")
                        : Optional.empty())
                .or(() -> open.by().contains(command.actor())
                        ? Optional.of(command.actor() + " has approved already, " + given(open)
                                + ": somebody else has to as well")
                        : Optional.empty());
    }

    /** Why they may not go past it without a word of anybody else (B22); empty where they may. */
    public static Optional<String> refusalToPass(Draft d, Word.Approval open, int step, Command command) {
        var past = "the approval of step " + step + " is on the way, and ";
        if (!d.entrance().mayApprove()) {
            return Optional.of(
                    past + command.actor() + " may not approve: somebody with the role approver has to first");
        }
        var isTheirs = open.by().contains(command.actor());
        var refused = isTheirs ? Optional.<String>empty() : refusal(d, open, command);
        var missing = open.missing() - (isTheirs ? 0 : 1);
        return refused.map(words -> past + words)
                .or(() -> missing > 0
                        ? Optional.of(past + command.type().word() + " needs "
                                + open.asks().minApprovals()
                                + " approvals there; " + open.by().size() + " were given, and one person's word adds "
                                + (isTheirs ? "none" : "one") + ": 'approve' once it is waited for")
                        : Optional.empty());
    }

    /** How many of how many. */
    public static String given(Word.Approval open) {
        return open.by().size() + " of " + open.asks().minApprovals();
    }

    /** Nobody gave it in time (B22), or too few. */
    public static void expire(Draft d, TargetRun run) {
        open(run).stream()
                .filter(approval -> approval.until() != null && !d.at().isBefore(approval.until()))
                .findFirst()
                .ifPresent(approval ->
                        Rollbacks.failed(d, run.name(), why(ReasonCode.APPROVAL_EXPIRED, expired(approval)), null));
    }

    private static String expired(Word.Approval approval) {
        return approval.by().isEmpty()
                ? "nobody approved until " + approval.until()
                : "only " + given(approval) + " approved until " + approval.until();
    }
}
