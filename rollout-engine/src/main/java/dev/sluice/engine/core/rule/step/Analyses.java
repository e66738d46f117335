package dev.sluice.engine.core.rule.step;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.state.AnalysisRun;
import dev.sluice.engine.core.state.Gate.Place;
import dev.sluice.engine.core.state.Why;
import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;
import java.util.Locale;
import java.util.Optional;

/** Opening analyses: a step's own, and the one beside the steps. */
public final class Analyses {
    private static final String BACKGROUND = "background";

    private Analyses() {}

    /** Opens the analysis beside the steps where it belongs to the current step and isn't open. */
    public static void openBackground(Draft d, String target) {
        var run = d.run(target);
        var spec = run.plan().background();
        var step = run.stage().step();
        var isAwaited = run.judging().background() != null || run.judging().judgement() != null;
        if (spec != null && step >= spec.startingStep() && !isAwaited) {
            open(d, target, BACKGROUND, spec, run.position().why());
        }
    }

    public static void open(Draft d, String target, String name, AnalysisSpec spec, Why why) {
        d.decide(new Decision.AnalysisOpened(target, why, d.at(), next(d, target, name, spec)));
    }

    public static AnalysisRun next(Draft d, String target, String name, AnalysisSpec spec) {
        var run = d.run(target);
        var judging = run.judging();
        var attempt = judging.nextAttempt(name);
        var id = d.state().rollout().id() + "/" + target + "/" + name + "/" + attempt;
        return AnalysisRun.open(
                id,
                name,
                spec,
                d.at(),
                judging.settledAt(spec.settling(run.plan().settle()), d.at()));
    }

    /** @param part from 1, where a gate has several conditions; else 0 */
    static String name(Place place, int step, int part) {
        var gate = place.name().toLowerCase(Locale.ROOT) + (place == Place.STEP ? "-" + step : "");
        return part == 0 ? gate : gate + "-" + part;
    }

    /** The plan's analysis of this name, as they are named when they are opened. */
    public static Optional<AnalysisSpec> named(TargetPlan plan, String name) {
        if (BACKGROUND.equals(name)) {
            return Optional.ofNullable(plan.background());
        }
        for (int number = 1; number <= plan.steps().size(); number++) {
            var conditions = Gates.conditions(plan.steps().get(number - 1));
            for (int i = 0; i < conditions.size(); i++) {
                if (conditions.get(i) instanceof Step.Analysis analysis
                        && name(Place.STEP, number, conditions.size() == 1 ? 0 : i + 1)
                                .equals(name)) {
                    return Optional.of(analysis.spec());
                }
            }
        }
        return Optional.empty();
    }
}
