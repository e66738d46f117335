package dev.sluice.schemas.rollout;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Everything one target will do, resolved from the rollout file: strategy looked up, defaults filled in, and a last
 * step to 100 % added where the file leaves it implied.
 *
 * @param dependsOn starts when all these targets are promoted
 * @param background the analysis beside the steps, or null
 * @param settle how long the active backend must have been empty for a first deployment (null: 10 s), and how long after a
 *     weight was ordered or came into force what comes in is not judged, where a query doesn't say its own (null: 0)
 * @param workload as {@link dev.sluice.schemas.message.WeightOrder#workload}, where each route's file backends are active and
 *     canary; null: not known
 * @param timeout the longest an order may await its report
 * @param before what has to pass before the first step: none, one condition, or one {@link Step.Together}
 * @param after likewise what has to pass before those that depend on this target may start; failing leaves it as it is
 */
public record TargetPlan(
        String name,
        String cluster,
        String namespace,
        List<String> dependsOn,
        OnEndpointsLost onEndpointsLost,
        FirstDeployment firstDeployment,
        Readiness readiness,
        Duration settle,
        Map<String, Object> workload,
        Duration timeout,
        List<Step> steps,
        AnalysisSpec background,
        List<Route> routes,
        List<Step> before,
        List<Step> after) {

    public enum OnEndpointsLost {
        @JsonProperty("rollback")
        ROLLBACK,
        @JsonProperty("hold")
        HOLD
    }

    /** What happens when no stable backend is ready at the start. */
    public enum FirstDeployment {
        /** All traffic to the canary at once, steps skipped. */
        @JsonProperty("direct")
        DIRECT,
        /** Treated as any other rollout. */
        @JsonProperty("steps")
        STEPS
    }

    public TargetPlan {
        dependsOn = List.copyOf(dependsOn);
        workload = workload == null ? null : Map.copyOf(workload);
        steps = List.copyOf(steps);
        routes = List.copyOf(routes);
        before = before == null ? List.of() : List.copyOf(before);
        after = after == null ? List.of() : List.copyOf(after);
    }

    /** Without conditions before and after. */
    public TargetPlan(
            String name,
            String cluster,
            String namespace,
            List<String> dependsOn,
            OnEndpointsLost onEndpointsLost,
            FirstDeployment firstDeployment,
            Readiness readiness,
            Duration settle,
            Map<String, Object> workload,
            Duration timeout,
            List<Step> steps,
            AnalysisSpec background,
            List<Route> routes) {
        this(
                name,
                cluster,
                namespace,
                dependsOn,
                onEndpointsLost,
                firstDeployment,
                readiness,
                settle,
                workload,
                timeout,
                steps,
                background,
                routes,
                List.of(),
                List.of());
    }

    /** Of workloads that aren't known. */
    public TargetPlan(
            String name,
            String cluster,
            String namespace,
            List<String> dependsOn,
            OnEndpointsLost onEndpointsLost,
            FirstDeployment firstDeployment,
            Readiness readiness,
            Duration settle,
            Duration timeout,
            List<Step> steps,
            AnalysisSpec background,
            List<Route> routes) {
        this(
                name,
                cluster,
                namespace,
                dependsOn,
                onEndpointsLost,
                firstDeployment,
                readiness,
                settle,
                null,
                timeout,
                steps,
                background,
                routes);
    }

    /** The same with other steps, and another analysis beside them (null: none). */
    public TargetPlan with(List<Step> newSteps, AnalysisSpec newBackground) {
        return with(dependsOn, newSteps, newBackground, before, after);
    }

    /** The same after others. */
    public TargetPlan dependingOn(List<String> others) {
        return with(others, steps, background, before, after);
    }

    /** These steps, and nothing that is waited for beside them. */
    public TargetPlan atOnce(List<Step> newSteps) {
        return with(dependsOn, newSteps, null, List.of(), List.of());
    }

    private TargetPlan with(
            List<String> others,
            List<Step> newSteps,
            AnalysisSpec newBackground,
            List<Step> newBefore,
            List<Step> newAfter) {
        return new TargetPlan(
                name,
                cluster,
                namespace,
                others,
                onEndpointsLost,
                firstDeployment,
                readiness,
                settle,
                workload,
                timeout,
                newSteps,
                newBackground,
                routes,
                newBefore,
                newAfter);
    }

    /** Whether anything that is judged leaves a weight to settle first. */
    public boolean settles() {
        return analyses().anyMatch(spec -> spec.settling(settle).settles());
    }

    /** Everything it has judged: beside its steps, at them, before and after them. */
    public Stream<AnalysisSpec> analyses() {
        return Stream.concat(
                Stream.ofNullable(background),
                Stream.of(before, steps, after).flatMap(List::stream).flatMap(TargetPlan::analyses));
    }

    private static Stream<AnalysisSpec> analyses(Step step) {
        return switch (step) {
            case Step.Analysis analysis -> Stream.of(analysis.spec());
            case Step.Together several -> several.conditions().stream().flatMap(TargetPlan::analyses);
            default -> Stream.empty(); // measures nothing
        };
    }

    /** The same asking these queries alone; where an analysis has none of them, its time is waited for. */
    public TargetPlan asking(Predicate<Query> asked) {
        var beside = background == null ? null : asking(background, asked);
        return with(
                dependsOn,
                asking(steps, asked),
                beside == null || beside.queries().isEmpty() ? null : beside,
                asking(before, asked),
                asking(after, asked));
    }

    private static List<Step> asking(List<Step> steps, Predicate<Query> asked) {
        return steps.stream().map(step -> asking(step, asked)).toList();
    }

    private static Step asking(Step step, Predicate<Query> asked) {
        return switch (step) {
            case Step.Condition condition -> asking(condition, asked);
            case Step.Together(var conditions) ->
                new Step.Together(conditions.stream()
                        .map(condition -> asking(condition, asked))
                        .toList());
            default -> step; // asks nothing
        };
    }

    private static Step.Condition asking(Step.Condition condition, Predicate<Query> asked) {
        if (!(condition instanceof Step.Analysis(var spec))) {
            return condition;
        }
        var fewer = asking(spec, asked);
        return fewer.queries().isEmpty()
                ? new Step.TimedPause(spec.initialDelay().plus(spec.interval().multipliedBy(spec.runs())))
                : new Step.Analysis(fewer);
    }

    private static AnalysisSpec asking(AnalysisSpec spec, Predicate<Query> asked) {
        return spec.asking(spec.queries().stream().filter(asked).toList());
    }

    /** The same over these routes, equal to its own: whoever refers to them finds them here. */
    public TargetPlan on(List<Route> same) {
        return new TargetPlan(
                name,
                cluster,
                namespace,
                dependsOn,
                onEndpointsLost,
                firstDeployment,
                readiness,
                settle,
                workload,
                timeout,
                steps,
                background,
                same,
                before,
                after);
    }

    /** All routes of a target end the same way. */
    public OnPromoted onPromoted() {
        return routes.getFirst().onPromoted();
    }
}
