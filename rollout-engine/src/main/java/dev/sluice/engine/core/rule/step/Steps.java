package dev.sluice.engine.core.rule.step;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.rule.Ordering;
import dev.sluice.engine.core.state.Desired;
import dev.sluice.engine.core.state.RouteRun;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Entering a step: what it wants of the routes is ordered, if they don't carry that yet, and then it is waited for whatever
 * the step waits for.
 */
public final class Steps {
    private Steps() {}

    /** @param passes the step is over once the routes carry what it wants, whatever else it waits for */
    public static void enter(Draft d, TargetRun run, int number, boolean passes) {
        var step = run.plan().steps().get(number - 1);
        var wanted = wanted(run, number);
        var isThere = run.traffic().isAdopted() || wanted.equals(run.traffic().desired());
        if (moves(step) || !isThere) {
            var why = why(ReasonCode.WEIGHT_ORDERED, ordered(run, wanted));
            d.decide(new Decision.StepEntered(run.name(), why, d.at(), new Stage.Moving(number, passes)));
            Ordering.move(d, run.name(), wanted, why);
        } else if (!run.traffic().isAdopted() && !run.traffic().isApplied()) {
            // ordered already, and on its way: a step counts once its routes carry what it wants
            var why = why(ReasonCode.WEIGHT_ORDERED, ordered(run, wanted));
            d.decide(new Decision.StepEntered(run.name(), why, d.at(), new Stage.Moving(number, passes)));
        } else if (passes) {
            var why = why(ReasonCode.WEIGHT_APPLIED, "the routes carry what step " + number + " wants");
            d.decide(new Decision.StepEntered(run.name(), why, d.at(), new Stage.Moving(number, true)));
        } else {
            Gates.atStep(d, run, number);
        }
        if (!passes) {
            Analyses.openBackground(d, run.name());
        }
    }

    /** What the step wants is in force. @return whether it waits for something else now */
    public static boolean waits(Draft d, TargetRun run, Stage.Moving stage) {
        if (stage.passes() || moves(run.plan().steps().get(stage.step() - 1))) {
            return false;
        }
        Gates.atStep(d, run, stage.step());
        return true;
    }

    /** Whether a step is over once the routes carry what it wants. */
    public static boolean moves(Step step) {
        return switch (step) {
            case Step.SetWeight moving -> true;
            case Step.SetMatch moving -> true;
            case Step.SetMirror moving -> true;
            case Step.Condition waiting -> false;
            case Step.Together waiting -> false;
            case Step.Bake waiting -> false;
        };
    }

    /**
     * What all steps up to this one come to. What a rollout took over is no step's to lower, until one has asked for as much
     * (B51).
     */
    static Desired wanted(TargetRun run, int number) {
        return wanted(run.plan(), number, run.traffic().floor());
    }

    private static Desired wanted(TargetPlan plan, int number, Weight found) {
        var floor = found;
        var wanted = Desired.NOTHING;
        for (var step : plan.steps().subList(0, number)) {
            wanted = switch (step) {
                case Step.SetWeight moving -> wanted.with(moving.weight());
                case Step.SetMatch moving -> wanted.with(moving.match());
                case Step.SetMirror moving -> wanted.with(moving.mirror());
                case Step.Condition waiting -> wanted;
                case Step.Together waiting -> wanted;
                case Step.Bake waiting -> wanted;
            };
            floor = floor != null && wanted.weight().compareTo(floor) >= 0 ? null : floor;
        }
        return floor == null ? wanted : wanted.with(floor);
    }

    /** Whether entering this step sends requests to the canary that it doesn't get yet. */
    public static boolean raises(TargetRun run, int number) {
        var traffic = run.traffic();
        if (!traffic.isAdopted()) {
            return wanted(run, number).raises(traffic.desired());
        }
        return traffic.applied() != null && wanted(run, number).raises(Desired.of(traffic.applied()));
    }

    /** The steps that send requests to the canary that it doesn't get by those before, counted from 1. */
    public static List<Integer> raising(TargetPlan plan) {
        return IntStream.rangeClosed(1, plan.steps().size())
                .filter(number -> wanted(plan, number, null).raises(wanted(plan, number - 1, null)))
                .boxed()
                .toList();
    }

    /**
     * Weights that lie behind what an adopted object has already are passed over: a rollout that takes over a running
     * split never lowers it by an early step. Whatever stands between them is still waited for and judged (B51).
     *
     * @return the last step passed over, or {@code step}
     */
    public static int passOver(Draft d, TargetRun run, int step) {
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
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
    }

    private static boolean isAtLeast(Weight weight, double percent) {
        return weight.hundredths() + 1 >= percent * 100;
    }

    private static String ordered(TargetRun run, Desired wanted) {
        var now = run.traffic().desired();
        var words = new ArrayList<String>();
        if (!Objects.equals(wanted.match(), now.match())) {
            words.add(wanted.match() == null ? "no requests by their match any more" : "requests that match");
        }
        if (!Objects.equals(wanted.mirror(), now.mirror())) {
            words.add(
                    wanted.mirror() == null
                            ? "no mirror any more"
                            : "a mirror of " + wanted.mirror().percentage().toPlainString() + " %");
        }
        if (words.isEmpty() || !wanted.weight().equals(now.weight())) {
            words.addFirst("weight " + wanted.weight() + " %");
        }
        return String.join(" and ", words) + " ordered";
    }
}
