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
                said(d, command, End.PROMOTED, ReasonCode.PROMOTED, "promoted by the tool that decides, as told");
            case ABORT ->
                said(d, command, End.TOOK_BACK, ReasonCode.TAKEN_BACK, "taken back by the tool that decides, as told");
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

    /**
     * A word that comes late must not be taken for one about the next release, nor steer it where Sluice decides by then: which one it
     * is about has to be said.
     */
    private static void said(Draft d, Command command, End end, ReasonCode code, String words) {
        if (isNamed(d, command)) {
            end(d, command, end, code, words);
            return;
        }
        var rollout = d.state().rollout().id();
        Commands.reject(
                d,
                command.target(),
                "rollout " + rollout + " is only observed, and '"
                        + command.type().word()
                        + "' says what the tool that decides did with it: name it, by `expect: {rollout: " + rollout
                        + "}` or `--rollout " + rollout
                        + "`, or by its `revision`, so that a word that comes late is not taken for one about"
                        + " the next",
                List.of());
    }

    /** By its rollout, or by the revision, for who started it from Git doesn't know its id. */
    private static boolean isNamed(Draft d, Command command) {
        return (command.expect() != null && command.expect().rollout() != null)
                || (command.revision() != null
                        && command.revision().equals(d.state().rollout().revision()));
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
