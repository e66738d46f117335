package dev.sluice.engine.core.rule.command;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.rule.step.Approvals;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.ReasonCode;
import java.time.Instant;
import java.util.List;

/** {@code approve}: answers an approval that is waited for. */
final class Approve {
    private Approve() {}

    /** An approval counts as of when it was sent, not read (B38). */
    static void take(Draft d, Command command, Instant appendedAt) {
        var fitting = Commands.chosen(d, command, run -> !Approvals.open(run).isEmpty());
        if (fitting.isEmpty()) {
            Commands.reject(d, command.target(), notAwaited(d, command, appendedAt), List.of());
        }
        fitting.forEach(run -> approve(d, command, appendedAt, run));
    }

    private static void approve(Draft d, Command command, Instant appendedAt, TargetRun run) {
        var open = Approvals.open(run).getFirst();
        var roles = open.asks().requiresRoles();
        if (open.until() != null && !appendedAt.isBefore(open.until())) {
            var words = "the approval was open until " + open.until() + ", and this one was sent at " + appendedAt;
            Commands.reject(d, run.name(), words, List.of());
        } else if (roles.isEmpty() || command.roles().stream().anyMatch(roles::contains)) {
            var hold = run.position().hold();
            var what = hold == null ? "approved" : "approved, and still " + hold.words() + " ('resume' lifts that)";
            var why = Commands.asked(command, run.position().why().code(), what);
            d.decide(new Decision.Approved(run.name(), why, d.at(), command.actor()));
        } else {
            var words = "approve needs one of the roles " + roles + "; " + command.actor() + " has " + command.roles();
            Commands.reject(d, run.name(), words, List.of());
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
}
