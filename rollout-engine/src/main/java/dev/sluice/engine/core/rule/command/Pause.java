package dev.sluice.engine.core.rule.command;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.state.Hold;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.ReasonCode;
import java.util.List;

/** {@code pause}: holds every step until {@code resume}. */
final class Pause {
    private Pause() {}

    static void take(Draft d, Command command) {
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
}
