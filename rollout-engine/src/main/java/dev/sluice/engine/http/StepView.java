package dev.sluice.engine.http;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One step of a plan, as much of it as its kind has; the rest is null.
 *
 * @param step from 1
 * @param kind its key in the rollout file
 * @param duration of a timed pause; how long an approval may take; how long an analysis takes at least
 */
public record StepView(
        int step, String kind, Weight weight, Duration duration, List<String> roles, List<String> queries) {

    static List<StepView> of(TargetPlan plan) {
        var views = new ArrayList<StepView>();
        for (var step : plan.steps()) {
            views.add(of(views.size() + 1, step));
        }
        return views;
    }

    private static StepView of(int number, Step step) {
        return switch (step) {
            case Step.SetWeight set -> new StepView(number, step.kind(), set.weight(), null, null, null);
            case Step.TimedPause pause -> new StepView(number, step.kind(), null, pause.duration(), null, null);
            case Step.Approval open ->
                new StepView(number, step.kind(), null, open.expiration(), open.requiresRoles(), null);
            case Step.Analysis analysis ->
                new StepView(
                        number,
                        step.kind(),
                        null,
                        analysis.spec().interval().multipliedBy(analysis.spec().runs()),
                        null,
                        analysis.spec().queries().stream().map(Query::name).toList());
            case Step.RunWebhook later -> throw refused();
            case Step.SetMatch later -> throw refused();
            case Step.SetMirror later -> throw refused();
            case Step.Bake later -> throw refused();
            case Step.Together later -> throw refused();
        };
    }

    private static IllegalStateException refused() {
        return new IllegalStateException("refused by the reader");
    }
}
