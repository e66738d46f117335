package dev.sluice.engine.core.rule.command;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.rule.Fences;
import dev.sluice.engine.core.rule.step.Analyses;
import dev.sluice.engine.core.state.Hold;
import dev.sluice.engine.core.state.Holding;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Why;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.ReasonCode;
import java.util.List;

/** {@code resume}: ends an operator's pause, an inconclusive one, or the wait of a raise. */
final class Resume {
    private Resume() {}

    /** Lifts the newest hold; one beneath it stays, and the reason says so. */
    static void take(Draft d, Command command) {
        var fitting = Commands.chosen(d, command, Resume::canBeResumed);
        if (fitting.isEmpty()) {
            Commands.reject(d, command.target(), "nothing to resume: " + Commands.now(d), List.of());
        }
        for (var run : fitting) {
            var kind =
                    run.position().hold() == null ? null : run.position().hold().kind();
            d.decide(new Decision.Resumed(run.name(), waitingAgain(command, run), d.at(), command.actor()));
            if (kind == Hold.Kind.FENCE) {
                Fences.resume(d, d.run(run.name()));
            } else if (kind == Hold.Kind.INCONCLUSIVE
                    && run.hasStepAfter(run.stage().step())) {
                // The person has judged; the steps still to come are watched anew. Where none come, that was the last
                // word.
                Analyses.openBackground(d, run.name());
            }
        }
    }

    private static boolean canBeResumed(TargetRun run) {
        return run.position().hold() != null || (run.stage() instanceof Holding raise && raise.endsByResume());
    }

    /** Says again what the target waits for, now that nobody holds it. */
    private static Why waitingAgain(Command command, TargetRun run) {
        var code = run.stage().code();
        if (run.position().hold() == null) {
            return Commands.asked(command, code, "resumed, whatever share of the requests the canary gets,");
        }
        var beneath = run.position().hold().beneath();
        if (beneath == null && run.stage() instanceof Holding raise) {
            var what = switch (raise.cause()) {
                case SHARE -> "the raise still waits until requests and weight agree ('resume' again goes on): resumed";
                case JUDGEMENT -> "the raise still waits for a person's word: resumed";
                case LOCKSTEP -> "the next step still waits for the others of its group: resumed";
                case WINDOW, FREEZE -> "the raise still waits for a window or the end of a freeze: resumed";
            };
            return Commands.asked(command, code, what);
        }
        return beneath == null
                ? Commands.asked(command, code, "resumed")
                : Commands.asked(
                        command,
                        ReasonCode.OPERATOR_PAUSED,
                        "resumed, and still " + beneath.words() + ": 'resume' again to lift that");
    }
}
