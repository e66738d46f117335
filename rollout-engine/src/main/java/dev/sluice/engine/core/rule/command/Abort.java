package dev.sluice.engine.core.rule.command;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.rule.Handbacks;
import dev.sluice.engine.core.rule.Rollbacks;
import dev.sluice.engine.core.rule.Waiting;
import dev.sluice.engine.core.state.Aborts;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.ReasonCode;
import java.time.Instant;
import java.util.List;

/** {@code abort}: all traffic goes back at once. */
final class Abort {
    private Abort() {}

    /** What it aborts may still be on its way, sent before and read after it (B37). */
    static void note(Draft d, Command command, Instant appendedAt) {
        var expected = command.expect() == null ? null : command.expect().rollout();
        var abort = new Aborts.Abort(command.id(), command.actor(), command.target(), expected, appendedAt);
        d.decide(new Decision.AbortNoted(why(null, "remembered"), d.at(), abort));
    }

    /** What waits for the running rollout is aborted with it by an abort of everything, and by name alone. */
    static boolean concernsWhatWaits(Draft d, Command command, Instant appendedAt) {
        var queued = d.state().queued();
        if (queued == null) {
            return false;
        }
        var expect = command.expect();
        if (expect != null && queued.id().equals(expect.rollout())) {
            drop(d, command);
            return true;
        }
        var isOfAll =
                expect == null && command.target() == null && command.targets().isEmpty();
        if (isOfAll && !queued.origin().sentAt().isAfter(appendedAt)) {
            drop(d, command);
        }
        return false;
    }

    private static void drop(Draft d, Command command) {
        Waiting.drop(d, Commands.asked(command, ReasonCode.ABORTED, "aborted"));
    }

    static void take(Draft d, Command command) {
        var fitting = Commands.chosen(d, command, run -> !run.position().isEnded());
        if (fitting.isEmpty()) {
            Commands.reject(d, command.target(), "nothing to abort: " + Commands.now(d), List.of());
        }
        for (var run : fitting) {
            var why = Commands.asked(command, ReasonCode.ABORTED, "aborted");
            if (Handbacks.isUnderWay(run)) {
                onTheWayToActive(d, command, run);
            } else if (run.position().isRollingBack() && !command.force()) {
                var words = "it is on its way back already; 'force' also takes traffic to a backend that is not ready";
                d.decide(new Decision.Ignored(run.name(), why(null, words), d.at(), true));
            } else {
                Rollbacks.begin(d, run.name(), why, command.actor(), command.force());
            }
        }
    }

    /** There the traffic goes anyway: with force also where nothing is ready behind the active backend (B32). */
    private static void onTheWayToActive(Draft d, Command command, TargetRun run) {
        if (command.force()) {
            Handbacks.force(d, run.name(), Commands.asked(command, ReasonCode.HANDING_BACK, "handed back with force"));
        } else {
            Commands.reject(d, run.name(), Handbacks.noWayBack(d.state(), run), List.of());
        }
    }
}
