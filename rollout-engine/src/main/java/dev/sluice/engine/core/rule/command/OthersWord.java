package dev.sluice.engine.core.rule.command;

import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.rule.Observations;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.Observation.End;
import dev.sluice.schemas.message.ReasonCode;
import java.util.List;

/** What is said of a rollout that another tool decides about: what that one did. There is nothing else to be steered. */
final class OthersWord {
    private OthersWord() {}

    static void take(Draft d, Command command) {
        switch (command.type()) {
            case PROMOTE ->
                end(d, command, End.PROMOTED, ReasonCode.PROMOTED, "promoted by the tool that decides, as told");
            case ABORT ->
                end(d, command, End.TOOK_BACK, ReasonCode.TAKEN_BACK, "taken back by the tool that decides, as told");
            case ABANDON -> end(d, command, End.UNKNOWN, ReasonCode.ABANDONED, "no longer observed, as asked for");
            default ->
                Commands.reject(
                        d,
                        command.target(),
                        "rollout " + d.state().rollout().id() + " is only observed, and another tool decides: '"
                                + command.type().word()
                                + "' it there. Here 'promote' and 'abort' tell what that tool did,"
                                + " and 'abandon' ends the observation",
                        List.of());
        }
    }

    private static void end(Draft d, Command command, End end, ReasonCode code, String words) {
        var fitting = Commands.chosen(d, command, run -> !run.position().isEnded());
        if (fitting.isEmpty()) {
            Commands.reject(d, command.target(), "it is over already: " + Commands.now(d), List.of());
        }
        for (var run : fitting) {
            Observations.end(d, run.name(), end, Commands.asked(command, code, words), command.actor());
        }
    }
}
