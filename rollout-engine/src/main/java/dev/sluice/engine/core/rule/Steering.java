package dev.sluice.engine.core.rule;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.Hold;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Why;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.rollout.Step;
import java.time.Instant;
import java.util.List;

/** The commands that steer a running rollout. Each acts on every target that it means and that it fits. */
public final class Steering {
    private Steering() {}

    public static void pause(Draft d, Command command) {
        var fitting = Commands.chosen(d, command, run -> run.position().isUnderWay() && !isPausedByAnOperator(run));
        if (fitting.isEmpty()) {
            Commands.reject(d, command.target(), "nothing to pause: " + Commands.now(d), List.of());
        }
        for (var run : fitting) {
            var hold = new Hold(Hold.Kind.OPERATOR, command.actor(), d.at());
            var why = Commands.asked(command, ReasonCode.OPERATOR_PAUSED, "paused");
            d.decide(new Decision.Paused(run.name(), why, d.at(), hold));
        }
    }

    private static boolean isPausedByAnOperator(TargetRun run) {
        return run.position().hold() != null && run.position().hold().isBy(Hold.Kind.OPERATOR);
    }

    /** Lifts the newest hold; one beneath it stays, and the reason says so. */
    public static void resume(Draft d, Command command) {
        var fitting = Commands.chosen(d, command, Steering::canBeResumed);
        if (fitting.isEmpty()) {
            Commands.reject(d, command.target(), "nothing to resume: " + Commands.now(d), List.of());
        }
        for (var run : fitting) {
            var kind =
                    run.position().hold() == null ? null : run.position().hold().kind();
            d.decide(new Decision.Resumed(run.name(), resumed(command, run), d.at(), command.actor()));
            if (kind == Hold.Kind.FENCE) {
                Fences.resume(d, d.run(run.name()));
            } else if (kind == Hold.Kind.INCONCLUSIVE
                    && run.hasStepAfter(run.stage().step())) {
                // The person has judged; the steps still to come are watched anew. Where none come, that was the last
                // word.
                Steps.openBackground(d, run.name());
            }
        }
    }

    private static boolean canBeResumed(TargetRun run) {
        return run.position().hold() != null || run.stage() instanceof Stage.Holding;
    }

    /** Says again what the target waits for, now that nobody holds it. */
    private static Why resumed(Command command, TargetRun run) {
        var code = switch (run.stage()) {
            case Stage.Pausing stage -> ReasonCode.TIMED_PAUSE;
            case Stage.Approving stage -> ReasonCode.APPROVAL_PENDING;
            case Stage.Analyzing stage -> ReasonCode.ANALYSIS_RUNNING;
            case Stage.Holding stage when run.position().hold() != null -> ReasonCode.SHARE_DISAGREES;
            case Stage.Completing stage -> ReasonCode.ENDING;
            case Stage.Selecting stage -> ReasonCode.ENDING;
            case Stage.AwaitingFinalize stage -> ReasonCode.FINALIZE_PENDING;
            case Stage.Beginning stage -> ReasonCode.BEGINNING;
            default -> ReasonCode.WEIGHT_ORDERED;
        };
        if (run.position().hold() == null) {
            return Commands.asked(command, code, "resumed, whatever share of the requests the canary gets,");
        }
        var beneath = run.position().hold().beneath();
        if (beneath == null && run.stage() instanceof Stage.Holding) {
            var what = "the raise still waits until requests and weight agree ('resume' again goes on): resumed";
            return Commands.asked(command, code, what);
        }
        return beneath == null
                ? Commands.asked(command, code, "resumed")
                : Commands.asked(
                        command,
                        ReasonCode.OPERATOR_PAUSED,
                        "resumed, and still " + beneath.words() + ": 'resume' again to lift that");
    }

    /** An approval counts as of when it was sent, not read (B38). */
    public static void approve(Draft d, Command command, Instant appendedAt) {
        var fitting =
                Commands.chosen(d, command, run -> run.stage() instanceof Stage.Approving open && !open.approved());
        if (fitting.isEmpty()) {
            Commands.reject(d, command.target(), notAwaited(d, command, appendedAt), List.of());
        }
        for (var run : fitting) {
            var roles = ((Step.Approval) run.step()).requiresRoles();
            var until = ((Stage.Approving) run.stage()).until();
            if (until != null && !appendedAt.isBefore(until)) {
                var words = "the approval was open until " + until + ", and this one was sent at " + appendedAt;
                Commands.reject(d, run.name(), words, List.of());
            } else if (roles.isEmpty() || command.roles().stream().anyMatch(roles::contains)) {
                var hold = run.position().hold();
                var what = hold == null ? "approved" : "approved, and still " + hold.words() + " ('resume' lifts that)";
                var why = Commands.asked(command, run.position().why().code(), what);
                d.decide(new Decision.Approved(run.name(), why, d.at(), command.actor()));
            } else {
                var words =
                        "approve needs one of the roles " + roles + "; " + command.actor() + " has " + command.roles();
                Commands.reject(d, run.name(), words, List.of());
            }
        }
    }

    /** A rollback for want of an approval that was in time, and read too late to stop it, says so. */
    private static String notAwaited(Draft d, Command command, Instant appendedAt) {
        var expired = Commands.chosen(
                d,
                command,
                run -> run.position().cause() != null && run.position().cause().code() == ReasonCode.APPROVAL_EXPIRED);
        var words = "no approval is waited for: " + Commands.now(d);
        return expired.isEmpty()
                ? words
                : words + "; " + expired.getFirst().position().cause().words()
                        + " was read so far, and this one, sent at " + appendedAt
                        + ", was read after the way back had begun: start the revision again";
    }

    public static void abort(Draft d, Command command) {
        var fitting = Commands.chosen(d, command, run -> !run.position().isEnded());
        if (fitting.isEmpty()) {
            Commands.reject(d, command.target(), "nothing to abort: " + Commands.now(d), List.of());
        }
        for (var run : fitting) {
            var why = Commands.asked(command, ReasonCode.ABORTED, "aborted");
            if (run.position().isRollingBack() && !command.force()) {
                var words = "it is on its way back already; 'force' also takes traffic to a backend that is not ready";
                d.decide(new Decision.Ignored(run.name(), why(null, words), d.at(), true));
            } else {
                Rollbacks.begin(d, run.name(), why, command.actor(), command.force());
            }
        }
    }

    public static void handBack(Draft d, Command command) {
        var fitting = Commands.chosen(d, command, run -> run.stage() instanceof Stage.AwaitingFinalize);
        if (fitting.isEmpty()) {
            Commands.reject(d, command.target(), "nothing to finalize: " + Commands.now(d), List.of());
        }
        for (var run : fitting) {
            var why = Commands.asked(command, ReasonCode.HANDING_BACK, "finalized");
            d.decide(new Decision.HandbackBegan(run.name(), why, d.at(), command.actor()));
            Ordering.end(d, run.name(), Weight.ZERO, End.RELEASE, why);
        }
    }

    public static void abandon(Draft d, Command command) {
        var fitting = Commands.chosen(d, command, run -> run.position().degraded());
        if (fitting.isEmpty()) {
            Commands.reject(
                    d, command.target(), "only a degraded rollback can be abandoned: " + Commands.now(d), List.of());
        }
        for (var run : fitting) {
            var why = Commands.asked(command, ReasonCode.ABANDONED, "abandoned");
            Ordering.letGo(d, run.name(), why);
            d.decide(new Decision.Failed(run.name(), why, d.at()));
        }
    }
}
