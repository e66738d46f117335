package dev.sluice.engine.core.rule.command;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.rule.Ordering;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.ReasonCode;
import java.util.List;

/** {@code abandon}: stops trying a rollback that cannot be carried out. */
final class Abandon {
    private Abandon() {}

    static void take(Draft d, Command command) {
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
