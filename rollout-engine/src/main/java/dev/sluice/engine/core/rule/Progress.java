package dev.sluice.engine.core.rule;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.step.Gates;
import dev.sluice.engine.core.rule.step.Steps;
import dev.sluice.engine.core.state.Desired;
import dev.sluice.engine.core.state.Gate;
import dev.sluice.engine.core.state.Holding;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.WeightOrder.End;

/** Lets every target go on as far as it can: what is over is left, what may begin begins. */
public final class Progress {
    private Progress() {}

    public static void settle(Draft d) {
        int before;
        do {
            before = d.decided().size();
            for (var run : d.runs()) {
                advance(d, d.run(run.name()));
            }
            Together.settle(d);
            Waiting.settle(d);
        } while (d.decided().size() > before);
    }

    private static void advance(Draft d, TargetRun run) {
        if (run.traffic().interrupted() != null) {
            Fences.settle(d, run);
            return;
        }
        if (run.position().hold() != null) {
            return;
        }
        switch (run.stage()) {
            case Stage.Pending stage -> begin(d, run);
            case Stage.Observing stage -> Observations.goOn(d, run, stage);
            case Stage.Beginning stage -> whenApplied(run, () -> leaveBeginning(d, run));
            case Stage.Moving stage -> whenApplied(run, () -> leaveMoving(d, run, stage));
            case Gate stage -> leaveGate(d, run, stage);
            case Holding stage -> {
                if (Raises.letPass(d, run, stage)) {
                    Steps.enter(d, d.run(run.name()), stage.next(), stage.passes());
                }
            }
            case Stage.Completing stage -> whenApplied(run, () -> deployed(d, run));
            case Stage.Selecting stage -> whenApplied(run, () -> selected(d, run));
            case Stage.AwaitingFinalize stage -> Handbacks.goOn(d, run);
            case Stage.HandingBack stage -> whenApplied(run, () -> deployed(d, run));
            case Stage.RollingBack stage -> {
                if (run.traffic().isBack()) {
                    Rollbacks.finish(d, run);
                }
            }
            case Stage.Ended stage -> {}
        }
    }

    private static void begin(Draft d, TargetRun run) {
        if (d.state().rollout().isObserving()) {
            Observations.begin(d, run);
        } else {
            Beginnings.beginIfAllowed(d, run);
        }
    }

    private static void whenApplied(TargetRun run, Runnable then) {
        if (run.traffic().isApplied()) {
            then.run();
        }
    }

    private static void leaveBeginning(Draft d, TargetRun run) {
        if (!Checks.letPass(d, run)) {
            return;
        }
        if (FirstDeployments.isOne(d.state(), run)) {
            FirstDeployments.decide(d, run);
        }
        next(d, d.run(run.name()), 0);
    }

    private static void leaveMoving(Draft d, TargetRun run, Stage.Moving stage) {
        if (!Steps.waits(d, run, stage)) {
            next(d, run, stage.step());
        }
    }

    private static void leaveGate(Draft d, TargetRun run, Gate gate) {
        if (!gate.isPassed(d.at())) {
            Gates.timeIsUp(d, run, gate);
            return;
        }
        switch (gate.place()) {
            case STEP -> next(d, run, gate.step());
            case BEFORE -> Beginnings.begin(d, run);
            case AFTER -> promoted(d, run);
        }
    }

    /**
     * Somebody takes it to another step than the next, as soon as that may be entered.
     *
     * @param passes as in {@link Stage.Moving}
     */
    public static void goTo(Draft d, TargetRun run, int step, boolean passes) {
        if (!Raises.hold(d, run, run.position().step(), step, passes)) {
            Steps.enter(d, run, step, passes);
        }
    }

    private static void next(Draft d, TargetRun run, int step) {
        var over = Steps.passOver(d, run, step);
        if (!run.hasStepAfter(over)) {
            stepsDone(d, run);
        } else if (!Raises.hold(d, run, over, over + 1, false)) {
            Steps.enter(d, run, over + 1, false);
        }
    }

    private static void stepsDone(Draft d, TargetRun run) {
        if (Verdicts.awaitsAtTheEnd(d, run)
                || d.run(run.name()).position().isRollingBack()
                || d.run(run.name()).position().hold() != null
                || Judgements.awaitsAtTheEnd(d, d.run(run.name()))) {
            return;
        }
        Verdicts.stopAll(d, run.name(), "the steps are done");
        switch (run.plan().onPromoted()) {
            case SWAP -> {
                var why = why(ReasonCode.ENDING, "all steps are done: the canary keeps the traffic");
                d.decide(new Decision.StepsDone(run.name(), why, d.at(), new Stage.Completing()));
                Ordering.end(d, run.name(), Desired.ALL, End.KEEP, why);
            }
            case HANDBACK -> Handbacks.await(d, d.run(run.name()));
            case SELECTOR -> {
                var why = why(ReasonCode.ENDING, "all steps are done: the active Service gets the canary's selector");
                d.decide(new Decision.StepsDone(run.name(), why, d.at(), new Stage.Selecting()));
                Ordering.select(d, run.name(), why);
            }
        }
    }

    private static void selected(Draft d, TargetRun run) {
        var words =
                run.traffic().routes().getFirst().active() + " selects the canary's pods: the traffic goes back to it";
        var why = why(ReasonCode.HANDING_BACK, words);
        d.decide(new Decision.SelectorSwitched(run.name(), why, d.at()));
        Ordering.backToSelected(d, run.name(), why);
    }

    /** The traffic is where it ends. */
    private static void deployed(Draft d, TargetRun run) {
        if (run.plan().after().isEmpty()) {
            promoted(d, run);
        } else {
            Gates.afterDeployment(d, run);
        }
    }

    private static void promoted(Draft d, TargetRun run) {
        var route = run.traffic().routes().getFirst();
        var where = switch (run.plan().onPromoted()) {
            case SWAP -> route.canary() + " has all traffic and is the active backend now";
            case HANDBACK, SELECTOR -> route.active() + " runs the revision and has all traffic";
        };
        d.decide(new Decision.Promoted(run.name(), why(ReasonCode.PROMOTED, where), d.at(), false));
    }
}
