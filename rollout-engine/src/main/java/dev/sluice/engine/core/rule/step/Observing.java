package dev.sluice.engine.core.rule.step;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.rule.Verdicts;
import dev.sluice.engine.core.state.Gate.Place;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Observation.Opinion;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;
import java.util.stream.IntStream;

/**
 * Goes through the file's steps by the weights that another tool sets. Of what stands behind a weight the analyses are run, one step
 * after the other; pauses, approvals and webhooks are that tool's own, and are passed over.
 */
public final class Observing {
    private Observing() {}

    /** @param weight that the canary is seen to have: more than nothing */
    public static void follow(Draft d, TargetRun run, Stage.Observing stage, Weight weight) {
        var reached = reached(run.plan(), weight);
        if (stage.step() == 0 || ofWeight(run.plan(), stage.step()) != reached) {
            enter(d, run, reached, weight);
        } else if (run.judging().steps().isEmpty()) {
            goOn(d, run, stage, weight);
        }
    }

    /** The highest weight that the file names below 100: short of it nothing is promoted. */
    public static Weight lastWeight(TargetPlan plan) {
        return plan.steps().stream()
                .filter(Step.SetWeight.class::isInstance)
                .map(step -> ((Step.SetWeight) step).weight())
                .filter(weight -> !weight.equals(Weight.FULL))
                .max(Weight::compareTo)
                .orElse(Weight.FULL);
    }

    /** The last step that asks for no more than this weight; the first of all where each asks for more. */
    private static int reached(TargetPlan plan, Weight weight) {
        var weights = IntStream.rangeClosed(1, plan.steps().size())
                .filter(number -> plan.steps().get(number - 1) instanceof Step.SetWeight)
                .boxed()
                .toList();
        return weights.stream()
                .filter(number -> isReached(plan, number, weight))
                .reduce((before, last) -> last)
                .orElse(weights.getFirst());
    }

    private static boolean isReached(TargetPlan plan, int number, Weight weight) {
        return plan.steps().get(number - 1) instanceof Step.SetWeight asked
                && asked.weight().compareTo(weight) <= 0;
    }

    /** The step that has set the weight of this one. */
    private static int ofWeight(TargetPlan plan, int step) {
        var number = step;
        while (number > 1 && !(plan.steps().get(number - 1) instanceof Step.SetWeight)) {
            number--;
        }
        return number;
    }

    private static void enter(Draft d, TargetRun run, int number, Weight weight) {
        run.judging()
                .steps()
                .forEach(
                        open -> Verdicts.stop(d, run.name(), open, "the tool that decides went on before it was over"));
        var words = weight + " % is seen: step " + number;
        at(d, run, number, false, words);
    }

    private static void goOn(Draft d, TargetRun run, Stage.Observing stage, Weight weight) {
        var next = stage.step() + 1;
        if (stage.judges()) {
            at(d, run, stage.step(), false, run.position().why().words());
        } else if (isReached(run.plan(), ofWeight(run.plan(), stage.step()), weight)
                && run.watched().opinion() == Opinion.GO_ON
                && next <= run.plan().steps().size()
                && !(run.plan().steps().get(next - 1) instanceof Step.SetWeight)) {
            judge(d, run, next);
        }
    }

    private static void judge(Draft d, TargetRun run, int number) {
        var conditions = Gates.conditions(run.plan().steps().get(number - 1));
        var judges = conditions.stream().anyMatch(Step.Analysis.class::isInstance);
        at(
                d,
                run,
                number,
                judges,
                judges
                        ? "analysis of step " + number + " begins"
                        : run.position().why().words());
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i) instanceof Step.Analysis analysis) {
                var name = Analyses.name(Place.STEP, number, conditions.size() == 1 ? 0 : i + 1);
                Analyses.open(
                        d,
                        run.name(),
                        name,
                        analysis.spec(),
                        d.run(run.name()).position().why());
            }
        }
    }

    /** What runs beside the steps begins with the first of its own, and anew with each where it came to something before. */
    private static void at(Draft d, TargetRun run, int number, boolean judges, String words) {
        var stage = new Stage.Observing(number, judges);
        d.decide(new Decision.StepEntered(run.name(), why(stage.code(), words), d.at(), stage));
        if (run.watched().opinion() == Opinion.GO_ON) {
            Analyses.openBackground(d, run.name());
        }
    }
}
