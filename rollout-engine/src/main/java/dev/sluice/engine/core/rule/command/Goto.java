package dev.sluice.engine.core.rule.command;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.rule.Progress;
import dev.sluice.engine.core.rule.Verdicts;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.ReasonCode;
import java.util.Optional;

/**
 * {@code goto}: enters step n anew, on what the steps before it want of the routes, be that less than now. On the way up it ends the
 * steps in between as {@code skip} would.
 */
final class Goto {
    private Goto() {}

    static void take(Draft d, Command command) {
        Steering.take(d, command, run -> refusal(d, command, run), run -> goTo(d, command, run));
    }

    private static Optional<String> refusal(Draft d, Command command, TargetRun run) {
        var last = run.plan().steps().size();
        if (command.step() == null || command.step() < 1 || command.step() > last) {
            return Optional.of(
                    "there is no step " + command.step() + ": target " + run.name() + " has steps 1 to " + last);
        }
        return Steering.approvalOnTheWay(d, command, run, Steering.current(run), command.step());
    }

    private static void goTo(Draft d, Command command, TargetRun run) {
        var name = run.name();
        var why = Commands.asked(command, ReasonCode.WEIGHT_ORDERED, "sent to step " + command.step());
        d.decide(new Decision.Redirected(name, why, d.at(), command.actor()));
        Steering.liftHolds(d, command, name);
        Steering.stopAnalyses(d, command, name);
        var beside = d.run(name).judging().background();
        if (beside != null && command.step() < beside.spec().startingStep()) {
            Verdicts.stop(d, name, beside, "'goto' a step before it begins");
        }
        Progress.goTo(d, d.run(name), command.step(), false);
    }
}
