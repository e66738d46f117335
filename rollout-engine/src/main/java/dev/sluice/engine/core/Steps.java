package dev.sluice.engine.core;

import static dev.sluice.engine.core.Deliberation.why;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;
import java.util.Optional;
import java.util.stream.IntStream;

/** What entering a step does: one case per kind. */
final class Steps {
    private static final String STEP = "step-";
    private static final String BACKGROUND = "background";

    private Steps() {}

    static void enter(Deliberation d, TargetRun run, int number) {
        var name = run.name();
        switch (run.plan().steps().get(number - 1)) {
            case Step.SetWeight step -> {
                var why = why(ReasonCode.WEIGHT_ORDERED, "weight " + step.weight() + " % ordered");
                entered(d, name, new Stage.Moving(number), why);
                Ordering.raise(d, name, step.weight(), why);
            }
            case Step.TimedPause step -> {
                var until = d.at().plus(step.duration());
                entered(d, name, new Stage.Pausing(number, until), why(ReasonCode.TIMED_PAUSE, "pause until " + until));
            }
            case Step.Approval step -> {
                var until = step.expiration() == null ? null : d.at().plus(step.expiration());
                entered(d, name, new Stage.Approving(number, until, false), awaiting(step));
            }
            case Step.Analysis step -> {
                var why = why(
                        ReasonCode.ANALYSIS_RUNNING,
                        "analysis of " + step.spec().runs() + " runs begins");
                entered(d, name, new Stage.Analyzing(number), why);
                open(d, name, STEP + number, step.spec(), why);
            }
        }
        openBackground(d, name);
    }

    /** Opens the analysis beside the steps where it belongs to the current step and isn't open. */
    static void openBackground(Deliberation d, String target) {
        var run = d.run(target);
        var spec = run.plan().background();
        var step = run.stage().step();
        if (spec != null && step >= spec.startingStep() && run.judging().background() == null) {
            open(d, target, BACKGROUND, spec, run.position().why());
        }
    }

    /**
     * Weights that lie behind what an adopted object has already are passed over: a rollout that takes over a running
     * split never lowers it by an early step. Whatever stands between them is still waited for and judged (B51).
     *
     * @return the last step passed over, or {@code step}
     */
    static int passOver(Deliberation d, TargetRun run, int step) {
        var passed = step;
        while (run.traffic().isAdopted()
                && run.hasStepAfter(passed)
                && run.plan().steps().get(passed) instanceof Step.SetWeight weight
                && !isAtLeast(weight.weight(), found(run))) {
            passed++;
            var words = "step " + passed + ", weight " + weight.weight() + " %, is behind the "
                    + run.traffic().applied() + " % that the adopted object has";
            d.decide(new Decision.StepPassedOver(
                    run.name(), why(run.position().why().code(), words), d.at(), passed));
        }
        return passed;
    }

    private static double found(TargetRun run) {
        return run.traffic().routes().stream()
                .map(RouteRun::foundPercent)
                .filter(percent -> percent != null)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
    }

    private static boolean isAtLeast(Weight weight, double percent) {
        return weight.hundredths() + 1 >= percent * 100;
    }

    private static void entered(Deliberation d, String target, Stage stage, Why why) {
        d.decide(new Decision.StepEntered(target, why, d.at(), stage));
    }

    /** The plan's analysis of this name, as they are named when they are opened. */
    static Optional<AnalysisSpec> analysisOf(TargetPlan plan, String name) {
        if (BACKGROUND.equals(name)) {
            return Optional.ofNullable(plan.background());
        }
        return IntStream.rangeClosed(1, plan.steps().size())
                .filter(number -> (STEP + number).equals(name))
                .mapToObj(number -> plan.steps().get(number - 1))
                .filter(Step.Analysis.class::isInstance)
                .map(step -> ((Step.Analysis) step).spec())
                .findFirst();
    }

    static void open(Deliberation d, String target, String name, AnalysisSpec spec, Why why) {
        var run = d.run(target);
        var attempt = run.judging().nextAttempt(name);
        var id = d.state().rollout().id() + "/" + target + "/" + name + "/" + attempt;
        var settled = run.judging().settledAt(spec.settling(run.plan().settle()), d.at());
        var opened = AnalysisRun.open(id, name, spec, d.at(), settled);
        d.decide(new Decision.AnalysisOpened(target, why, d.at(), opened));
    }

    private static Why awaiting(Step.Approval step) {
        var who = step.requiresRoles().isEmpty() ? "anyone" : "one of the roles " + step.requiresRoles();
        return why(ReasonCode.APPROVAL_PENDING, "waits for an approval by " + who);
    }
}
