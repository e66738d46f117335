package dev.sluice.engine.core.rule.command;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.rule.Judgements;
import dev.sluice.engine.core.rule.Progress;
import dev.sluice.engine.core.rule.Verdicts;
import dev.sluice.engine.core.rule.step.Steps;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.ReasonCode;
import java.util.Optional;

/** {@code promote}: all traffic to the canary, past whatever else its steps wait for; then as at the end of the steps. */
final class Promote {
    private Promote() {}

    static void take(Draft d, Command command) {
        Steering.take(d, command, run -> refusal(d, command, run), run -> promote(d, command, run));
    }

    private static Optional<String> refusal(Draft d, Command command, TargetRun run) {
        var last = run.plan().steps().size();
        if (run.stage() instanceof Stage.Moving moving && moving.step() == last && endsWithReports(run, moving)) {
            return Optional.of("it is on its last step, over once the routes carry "
                    + run.traffic().weight() + " %, and promoted then");
        }
        return Steering.approvalOnTheWay(d, command, run, Steering.current(run), last + 1);
    }

    private static boolean endsWithReports(TargetRun run, Stage.Moving moving) {
        var isWaitedFor = !moving.passes() && !Steps.moves(run.step());
        return run.position().hold() == null && !isWaitedFor;
    }

    private static void promote(Draft d, Command command, TargetRun run) {
        var name = run.name();
        var why = Commands.asked(command, ReasonCode.WEIGHT_ORDERED, "promoted past all steps");
        d.decide(new Decision.Redirected(name, why, d.at(), command.actor()));
        Steering.liftHolds(d, command, name);
        if (Judgements.beside(d.run(name)).isPresent()) {
            d.decide(new Decision.JudgementGiven(name, why, d.at(), command.actor()));
        }
        Verdicts.stopAll(d, name, "'promote' by " + command.actor());
        if (d.run(name).judging().shares().isDoubted()) {
            // goes on whatever share of the requests the canary gets
            d.decide(new Decision.Resumed(name, why, d.at(), command.actor()));
        }
        Progress.goTo(d, d.run(name), run.plan().steps().size(), true);
    }
}
