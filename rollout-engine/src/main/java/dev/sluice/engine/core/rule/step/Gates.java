package dev.sluice.engine.core.rule.step;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.state.AnalysisRun;
import dev.sluice.engine.core.state.Condition;
import dev.sluice.engine.core.state.Gate;
import dev.sluice.engine.core.state.Gate.Place;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Why;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.rollout.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Waiting for the conditions of a step, all at once. */
public final class Gates {
    private Gates() {}

    static void atStep(Draft d, TargetRun run, int number) {
        open(d, run, Place.STEP, number, conditions(run.plan().steps().get(number - 1)));
    }

    public static void beforeDeployment(Draft d, TargetRun run) {
        open(d, run, Place.BEFORE, 0, all(run.plan().before()));
    }

    public static void afterDeployment(Draft d, TargetRun run) {
        open(d, run, Place.AFTER, 0, all(run.plan().after()));
    }

    private static List<Step.Condition> all(List<Step> steps) {
        return steps.stream().flatMap(step -> conditions(step).stream()).toList();
    }

    /** What a step waits for, each for itself. */
    public static List<Step.Condition> conditions(Step step) {
        return switch (step) {
            case Step.SetWeight moving -> List.of();
            case Step.SetMatch moving -> List.of();
            case Step.SetMirror moving -> List.of();
            case Step.Condition one -> List.of(one);
            case Step.Together several -> several.conditions();
            case Step.Bake bake -> List.of(new Step.TimedPause(bake.duration()));
        };
    }

    private record Opened(Condition condition, Why why, AnalysisRun analysis) {}

    private static void open(Draft d, TargetRun run, Place place, int number, List<Step.Condition> asked) {
        var opened = new ArrayList<Opened>();
        for (int i = 0; i < asked.size(); i++) {
            opened.add(open(d, run, Analyses.name(place, number, asked.size() == 1 ? 0 : i + 1), asked.get(i)));
        }
        var words = opened.stream().map(one -> one.why().words()).collect(Collectors.joining("; "));
        var gate =
                new Gate(place, number, opened.stream().map(Opened::condition).toList());
        d.decide(new Decision.StepEntered(run.name(), why(gate.code(), words), d.at(), gate));
        for (var one : opened) {
            if (one.analysis() != null) {
                d.decide(new Decision.AnalysisOpened(run.name(), one.why(), d.at(), one.analysis()));
            }
        }
    }

    private static Opened open(Draft d, TargetRun run, String name, Step.Condition asked) {
        return switch (asked) {
            case Step.RunWebhook webhook ->
                new Opened(Webhooks.open(d, run.name(), name, webhook), Webhooks.calling(webhook), null);
            case Step.TimedPause pause -> {
                var until = d.at().plus(pause.duration());
                yield new Opened(
                        new Condition.Time(until, false), why(ReasonCode.TIMED_PAUSE, "pause until " + until), null);
            }
            case Step.Approval approval -> new Opened(Approvals.open(d, approval), Approvals.awaiting(approval), null);
            case Step.Analysis analysis -> {
                var why = why(
                        ReasonCode.ANALYSIS_RUNNING,
                        "analysis of " + analysis.spec().runs() + " runs begins");
                var opened = Analyses.next(d, run.name(), name, analysis.spec());
                yield new Opened(new Condition.Analysis(opened.id(), null), why, opened);
            }
        };
    }

    /** A pause is over while something else is still waited for. */
    public static void timeIsUp(Draft d, TargetRun run, Gate gate) {
        for (int i = 0; i < gate.conditions().size(); i++) {
            if (gate.conditions().get(i) instanceof Condition.Time time && !time.over() && time.isMet(d.at())) {
                d.decide(new Decision.ConditionMet(
                        run.name(), why(null, "the pause until " + time.until() + " is over"), d.at(), i));
            }
        }
    }
}
