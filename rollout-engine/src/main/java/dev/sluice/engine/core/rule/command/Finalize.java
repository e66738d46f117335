package dev.sluice.engine.core.rule.command;

import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.rule.Handbacks;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.ReasonCode;
import java.util.List;

/** {@code finalize}: the active workload runs the revision now, and the traffic goes back to it. */
final class Finalize {
    private Finalize() {}

    static void take(Draft d, Command command) {
        var fitting = Commands.chosen(d, command, run -> run.stage() instanceof Stage.AwaitingFinalize);
        if (fitting.isEmpty()) {
            Commands.reject(d, command.target(), "nothing to finalize: " + Commands.now(d), List.of());
        }
        for (var run : fitting) {
            var why = Commands.asked(command, ReasonCode.HANDING_BACK, "finalized");
            Handbacks.begin(d, run.name(), why, command.actor());
        }
    }
}
