package dev.sluice.engine.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Step;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A step as people read it; what its kind doesn't have is left out.
 *
 * @param step counts from 1 as in status; 0 for what is waited for beside the steps, and for one of several conditions
 * @param duration how long it takes by itself, or may take at the most; null: nobody knows
 * @param approvals how many people have to approve
 * @param roles of which an approver needs one
 * @param webhook its name
 * @param conditions that are waited for at the same time
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StepView(
        int step,
        String kind,
        Weight weight,
        Match match,
        Mirror mirror,
        Duration duration,
        Integer approvals,
        List<String> roles,
        List<String> queries,
        String webhook,
        List<StepView> conditions) {

    static List<StepView> of(List<Step> steps) {
        return IntStream.range(0, steps.size())
                .mapToObj(i -> of(i + 1, steps.get(i)))
                .toList();
    }

    /** Of conditions before the first step or after the last. */
    static List<StepView> beside(List<Step> conditions) {
        return conditions.isEmpty()
                ? null
                : conditions.stream().map(condition -> of(0, condition)).toList();
    }

    private static StepView of(int number, Step step) {
        var plain = new StepView(number, step.kind(), null, null, null, null, null, null, null, null, null);
        return switch (step) {
            case Step.SetWeight set -> plain.with(set.weight());
            case Step.SetMatch set ->
                new StepView(number, step.kind(), null, set.match(), null, null, null, null, null, null, null);
            case Step.SetMirror set ->
                new StepView(number, step.kind(), null, null, set.mirror(), null, null, null, null, null, null);
            case Step.TimedPause pause -> plain.with(pause.duration());
            case Step.Bake bake -> plain.with(bake.duration());
            case Step.Approval open ->
                new StepView(
                        number,
                        step.kind(),
                        null,
                        null,
                        null,
                        open.expiration(),
                        open.minApprovals(),
                        open.requiresRoles(),
                        null,
                        null,
                        null);
            case Step.Analysis analysis -> plain.with(analysis);
            case Step.RunWebhook call ->
                new StepView(
                        number,
                        step.kind(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        call.webhook().name(),
                        null);
            case Step.Together several ->
                new StepView(
                        number,
                        step.kind(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        several.conditions().stream().map(one -> of(0, one)).toList());
        };
    }

    private StepView with(Weight to) {
        return new StepView(step, kind, to, null, null, null, null, null, null, null, null);
    }

    private StepView with(Duration takes) {
        return new StepView(step, kind, null, null, null, takes, null, null, null, null, null);
    }

    private StepView with(Step.Analysis analysis) {
        var takes = analysis.spec().interval().multipliedBy(analysis.spec().runs());
        var asks = analysis.spec().queries().stream().map(Query::name).toList();
        return new StepView(step, kind, null, null, null, takes, null, null, asks, null, null);
    }
}
