package dev.sluice.engine.core;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.InProgress;
import dev.sluice.schemas.rollout.OnInconclusive;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.schemas.rollout.Ownership;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Readiness;
import dev.sluice.schemas.rollout.RollMode;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.Route;
import dev.sluice.schemas.rollout.Rule;
import dev.sluice.schemas.rollout.Score;
import dev.sluice.schemas.rollout.Selector;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Plans for tests: one target {@code prod} with one SMI route, unless said otherwise. */
final class Plans {
    private Plans() {}

    static RolloutPlan plan(Step... steps) {
        return plan(target("prod", List.of(), steps));
    }

    static RolloutPlan plan(TargetPlan... targets) {
        return new RolloutPlan("shop/checkout", Map.of(), List.of(targets));
    }

    static TargetPlan target(String name, List<String> dependsOn, Step... steps) {
        return new TargetPlan(
                name,
                name,
                "shop",
                dependsOn,
                TargetPlan.OnEndpointsLost.ROLLBACK,
                TargetPlan.FirstDeployment.DIRECT,
                Readiness.DEFAULT,
                null,
                Duration.ofMinutes(30),
                List.of(steps),
                null,
                List.of(route(name, OnPromoted.SWAP, Ownership.OWN)));
    }

    /** The same, with the workloads behind its backends named. */
    static TargetPlan naming(Map<String, Object> workload, TargetPlan target) {
        return new TargetPlan(
                target.name(),
                target.cluster(),
                target.namespace(),
                target.dependsOn(),
                target.onEndpointsLost(),
                target.firstDeployment(),
                target.readiness(),
                target.settle(),
                workload,
                target.timeout(),
                target.steps(),
                target.background(),
                target.routes());
    }

    /** Two routes, each an object of its own, with the same two backends. */
    static TargetPlan twoRoutes(String name, Step... steps) {
        var one = target(name, List.of(), steps);
        var second = new Route(
                name + "/shop/trafficsplits.split.smi-spec.io/checkout-api",
                "smi",
                "checkout-api",
                "checkout-api-canary",
                OnPromoted.SWAP,
                Ownership.OWN,
                null,
                Map.of("rootServiceName", "checkout-api"));
        return new TargetPlan(
                one.name(),
                one.cluster(),
                one.namespace(),
                one.dependsOn(),
                one.onEndpointsLost(),
                one.firstDeployment(),
                one.readiness(),
                one.settle(),
                one.timeout(),
                one.steps(),
                one.background(),
                List.of(one.routes().getFirst(), second));
    }

    static Route route(String cluster, OnPromoted onPromoted, Ownership ownership) {
        return new Route(
                cluster + "/shop/trafficsplits.split.smi-spec.io/checkout",
                "smi",
                "checkout",
                "checkout-canary",
                onPromoted,
                ownership,
                null,
                Map.of("rootServiceName", "checkout"));
    }

    static TargetPlan with(TargetPlan plan, UnaryOperator<Route> change) {
        return new TargetPlan(
                plan.name(),
                plan.cluster(),
                plan.namespace(),
                plan.dependsOn(),
                plan.onEndpointsLost(),
                plan.firstDeployment(),
                plan.readiness(),
                plan.settle(),
                plan.timeout(),
                plan.steps(),
                plan.background(),
                plan.routes().stream().map(change).toList());
    }

    static TargetPlan onEndpointsLost(TargetPlan plan, TargetPlan.OnEndpointsLost then) {
        return new TargetPlan(
                plan.name(),
                plan.cluster(),
                plan.namespace(),
                plan.dependsOn(),
                then,
                plan.firstDeployment(),
                plan.readiness(),
                plan.settle(),
                plan.timeout(),
                plan.steps(),
                plan.background(),
                plan.routes());
    }

    /** The same, where what comes in so soon after a weight moved is not judged. */
    static TargetPlan settling(TargetPlan plan, Duration settle) {
        return new TargetPlan(
                plan.name(),
                plan.cluster(),
                plan.namespace(),
                plan.dependsOn(),
                plan.onEndpointsLost(),
                plan.firstDeployment(),
                plan.readiness(),
                settle,
                plan.timeout(),
                plan.steps(),
                plan.background(),
                plan.routes());
    }

    static TargetPlan background(TargetPlan plan, AnalysisSpec background) {
        return new TargetPlan(
                plan.name(),
                plan.cluster(),
                plan.namespace(),
                plan.dependsOn(),
                plan.onEndpointsLost(),
                plan.firstDeployment(),
                plan.readiness(),
                plan.settle(),
                plan.timeout(),
                plan.steps(),
                background,
                plan.routes());
    }

    /** The same, with what has to pass before it begins, and before others may that depend on it. */
    static TargetPlan around(TargetPlan plan, List<Step> before, List<Step> after) {
        return new TargetPlan(
                plan.name(),
                plan.cluster(),
                plan.namespace(),
                plan.dependsOn(),
                plan.onEndpointsLost(),
                plan.firstDeployment(),
                plan.readiness(),
                plan.settle(),
                plan.workload(),
                plan.timeout(),
                plan.steps(),
                plan.background(),
                plan.routes(),
                before,
                after);
    }

    /** Its routes end so. */
    static TargetPlan ending(TargetPlan plan, OnPromoted how) {
        return with(
                plan,
                route -> new Route(
                        route.identity(),
                        route.mesh(),
                        route.active(),
                        route.canary(),
                        how,
                        route.ownership(),
                        route.sessionAffinity(),
                        route.entry()));
    }

    static RolloutPlan inProgress(InProgress policy, RolloutPlan plan) {
        return new RolloutPlan(
                plan.application(),
                plan.labels(),
                plan.targets(),
                plan.rollbackGroup(),
                plan.lockstep(),
                policy,
                plan.windows());
    }

    static RolloutPlan rollbackGroup(TargetPlan... targets) {
        return new RolloutPlan(
                "shop/checkout", Map.of(), List.of(targets), true, List.of(), InProgress.REJECT, List.of());
    }

    static RolloutPlan lockstep(List<String> group, TargetPlan... targets) {
        return new RolloutPlan(
                "shop/checkout", Map.of(), List.of(targets), false, List.of(group), InProgress.REJECT, List.of());
    }

    static Step weight(int percent) {
        return new Step.SetWeight(Weight.percent(percent));
    }

    static Step pause(Duration duration) {
        return new Step.TimedPause(duration);
    }

    static Step approval(String... roles) {
        return new Step.Approval(List.of(roles), Duration.ofHours(2));
    }

    static Step approval(int minApprovals, boolean notByStarter, String... roles) {
        return new Step.Approval(List.of(roles), minApprovals, notByStarter, Duration.ofHours(2));
    }

    static Step together(Step... conditions) {
        return new Step.Together(
                Stream.of(conditions).map(Step.Condition.class::cast).toList());
    }

    /** The same, with people who say what follows. */
    static AnalysisSpec modes(AnalysisSpec spec, RollMode back, RollMode forward) {
        return new AnalysisSpec(
                spec.interval(),
                spec.runs(),
                spec.queries(),
                spec.failureLimit(),
                spec.inconclusiveLimit(),
                spec.onInconclusive(),
                spec.initialDelay(),
                spec.maxWait(),
                spec.lookbackMethod(),
                spec.score(),
                spec.startingStep(),
                back,
                forward,
                false);
    }

    static Step analysis(int runs, int failureLimit, int inconclusiveLimit) {
        return new Step.Analysis(spec(runs, failureLimit, inconclusiveLimit, OnInconclusive.PAUSE));
    }

    /** The same, each run over its own interval. */
    static AnalysisSpec sliding(AnalysisSpec spec) {
        return new AnalysisSpec(
                spec.interval(),
                spec.runs(),
                spec.queries(),
                spec.failureLimit(),
                spec.inconclusiveLimit(),
                spec.onInconclusive(),
                spec.initialDelay(),
                spec.maxWait(),
                AnalysisSpec.Lookback.SLIDING,
                spec.startingStep());
    }

    /** The same with other queries. */
    static AnalysisSpec asking(AnalysisSpec spec, List<Query> queries) {
        return new AnalysisSpec(
                spec.interval(),
                spec.runs(),
                queries,
                spec.failureLimit(),
                spec.inconclusiveLimit(),
                spec.onInconclusive(),
                spec.initialDelay(),
                spec.maxWait(),
                spec.lookbackMethod(),
                spec.score(),
                spec.startingStep());
    }

    static Query waiting(Query query, Duration maxWait) {
        return new Query(
                query.name(),
                query.asks(),
                query.rule(),
                query.minimumSamples(),
                query.whenAbsent(),
                query.evaluation(),
                null,
                maxWait,
                null,
                null,
                null,
                false);
    }

    /** The same, each run judged by a score. */
    static AnalysisSpec scored(AnalysisSpec spec) {
        return new AnalysisSpec(
                spec.interval(),
                spec.runs(),
                spec.queries(),
                spec.failureLimit(),
                spec.inconclusiveLimit(),
                spec.onInconclusive(),
                spec.initialDelay(),
                spec.maxWait(),
                spec.lookbackMethod(),
                new Score(95, 75, Map.of()),
                spec.startingStep());
    }

    /** The same, its queries with a limit of their own. */
    static AnalysisSpec owning(AnalysisSpec spec, OnInconclusive then) {
        return new AnalysisSpec(
                spec.interval(),
                spec.runs(),
                spec.queries().stream().map(query -> owning(query, then)).toList(),
                spec.failureLimit(),
                spec.inconclusiveLimit(),
                spec.onInconclusive(),
                spec.initialDelay(),
                spec.maxWait(),
                spec.lookbackMethod(),
                spec.score(),
                spec.startingStep());
    }

    private static Query owning(Query query, OnInconclusive then) {
        return new Query(
                query.name(),
                query.asks(),
                query.rule(),
                query.minimumSamples(),
                query.whenAbsent(),
                query.evaluation(),
                null,
                null,
                null,
                null,
                then,
                false);
    }

    static AnalysisSpec spec(int runs, int failureLimit, int inconclusiveLimit, OnInconclusive then) {
        var query = new Query(
                "error-rate",
                new Question.Mean(Selector.of("errors")),
                new Rule.Limits(0.01, null),
                Query.Evaluation.CONTINUOUS);
        return new AnalysisSpec(
                Duration.ofSeconds(30),
                runs,
                List.of(query),
                failureLimit,
                inconclusiveLimit,
                then,
                Duration.ZERO,
                Duration.ZERO,
                AnalysisSpec.Lookback.GROWING,
                1);
    }
}
