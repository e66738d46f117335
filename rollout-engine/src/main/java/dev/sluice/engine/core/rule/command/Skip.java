package dev.sluice.engine.core.rule.command;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.rule.Verdicts;
import dev.sluice.engine.core.rule.step.Steps;
import dev.sluice.engine.core.state.Condition;
import dev.sluice.engine.core.state.Gate;
import dev.sluice.engine.core.state.Holding;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Word;
import dev.sluice.schemas.message.Command;
import java.util.Optional;

/** {@code skip}: ends what is waited for at this step, and what a raise waits for, as far as people have a say in that. */
final class Skip {
    private Skip() {}

    static void take(Draft d, Command command) {
        Steering.take(d, command, run -> refusal(d, command, run), run -> skip(d, command, run));
    }

    private static Optional<String> refusal(Draft d, Command command, TargetRun run) {
        if (run.stage() instanceof Stage.Moving moving
                && (moving.passes() || Steps.moves(run.plan().steps().get(moving.step() - 1)))) {
            return Optional.of("step " + moving.step() + " is over once the routes carry "
                    + run.traffic().weight() + " %, and nothing else is waited for: 'goto' another step, or 'abort'");
        }
        if (run.stage() instanceof Holding holding) {
            return switch (holding.cause()) {
                case SHARE, JUDGEMENT -> Optional.empty();
                case LOCKSTEP ->
                    Steering.isWaitedFor(d, run)
                            ? Optional.empty()
                            : Optional.of("step " + holding.next()
                                    + " waits for the others of its group, which enter it together");
                case WINDOW, FREEZE ->
                    Optional.of("nothing but its time lifts what step " + holding.next() + " waits for ("
                            + run.position().why().words()
                            + "): 'promote' or 'approve' with `overrideFreeze` passes it");
            };
        }
        var step = Steering.current(run);
        return Steering.approvalOnTheWay(d, command, run, step, step + 1);
    }

    private static void skip(Draft d, Command command, TargetRun run) {
        var name = run.name();
        if (run.stage() instanceof Holding holding && holding.cause() == Holding.Cause.LOCKSTEP) {
            return; // it goes on with the others, whose step is skipped
        }
        if (isOfJudgement(run)) {
            var why = Commands.asked(command, run.stage().code(), "the wait for a person's word skipped");
            Approve.goOn(d, run, why, command);
        } else {
            var why = Commands.asked(command, run.stage().code(), what(run) + " skipped");
            d.decide(new Decision.StepSkipped(name, why, d.at(), command.actor()));
        }
        Steering.liftHolds(d, command, name);
        Steering.stopAnalyses(d, command, name);
        if (run.stage() instanceof Gate gate) {
            stopAwaited(d, command, run, gate);
        }
    }

    private static String what(TargetRun run) {
        return run.stage() instanceof Holding holding
                ? "the wait before step " + holding.next()
                : "step " + run.stage().step();
    }

    /** Else its first verdict would be waited for again. */
    private static void stopAwaited(Draft d, Command command, TargetRun run, Gate gate) {
        for (var condition : gate.conditions()) {
            if (condition instanceof Condition.FirstVerdict first) {
                run.judging()
                        .find(first.id())
                        .ifPresent(analysis -> Verdicts.stop(d, run.name(), analysis, "'skip' by " + command.actor()));
            }
            if (condition instanceof Word.Judgement word && isBeside(run, word)) {
                var why = Commands.asked(command, run.stage().code(), "the wait for a person's word skipped");
                d.decide(new Decision.JudgementGiven(run.name(), why, d.at(), command.actor()));
            }
        }
    }

    private static boolean isBeside(TargetRun run, Word.Judgement word) {
        return run.judging().judgement() != null
                && run.judging().judgement().id().equals(word.id());
    }

    private static boolean isOfJudgement(TargetRun run) {
        return run.stage() instanceof Holding holding
                && switch (holding.cause()) {
                    case JUDGEMENT -> true;
                    case SHARE, WINDOW, FREEZE, LOCKSTEP -> false;
                };
    }
}
