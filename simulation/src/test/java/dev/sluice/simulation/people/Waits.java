package dev.sluice.simulation.people;

import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.AnalysisSpec.Lookback;
import dev.sluice.schemas.rollout.OnInconclusive;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.RollMode;
import dev.sluice.schemas.rollout.Rule;
import dev.sluice.schemas.rollout.Selector;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.Webhook;
import dev.sluice.simulation.people.Callees.Answering;
import dev.sluice.simulation.people.Callees.CallingBack;
import dev.sluice.simulation.world.Chance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the steps of rollout files wait for. All of it is short, for runs are. */
final class Waits {
    private static final Query ERRORS = query(
            "errors",
            new Question.Ratio(new Selector("requests", Map.of("code", "5..")), Selector.of("requests")),
            RolloutFiles.ERROR_LIMIT);
    private static final Query TIMES = query(
            "times", new Question.Quantile(Selector.of("duration"), 1 - RolloutFiles.SLOW_SHARE), RolloutFiles.SLOW);

    private Waits() {}

    /** One condition, or two or three at the same time. */
    static Step draw(Chance chance) {
        if (chance.percent(80)) {
            return condition(chance);
        }
        var conditions = new ArrayList<Step.Condition>();
        for (var more = chance.between(2, 3); more > 0; more--) {
            conditions.add(condition(chance));
        }
        return new Step.Together(conditions);
    }

    private static Step.Condition condition(Chance chance) {
        return chance.percent(60) ? unmeasured(chance) : new Step.Analysis(analysis(chance, chance.between(1, 2)));
    }

    /** What is waited for beside the steps: mostly nothing. */
    static List<Step> beside(Chance chance) {
        if (!chance.percent(8)) {
            return List.of();
        }
        var first = unmeasured(chance);
        return chance.percent(70) ? List.of(first) : List.of(new Step.Together(List.of(first, unmeasured(chance))));
    }

    /** By the clock, a person or whoever is called: none of it needs traffic. */
    private static Step.Condition unmeasured(Chance chance) {
        return switch (chance.between(0, 2)) {
            case 0 -> new Step.TimedPause(Duration.ofSeconds(chance.between(1, 8)));
            case 1 -> approval(chance);
            default -> new Step.RunWebhook(webhook(chance));
        };
    }

    static Step.Condition approval(Chance chance) {
        return new Step.Approval(
                chance.percent(50) ? List.of(RolloutFiles.ROLE) : List.of(),
                chance.percent(80) ? 1 : 2,
                chance.percent(20),
                chance.percent(50) ? Duration.ofSeconds(chance.between(20, 60)) : null);
    }

    /** Most of those who are called do well. */
    private static Webhook webhook(Chance chance) {
        var answering = chance.percent(60) ? Answering.WELL : chance.oneOf(List.of(Answering.values()));
        var back = chance.percent(40) ? CallingBack.ONCE : chance.oneOf(List.of(CallingBack.values()));
        return webhook(
                answering,
                back,
                chance.between(0, 2),
                Duration.ofSeconds(chance.between(1, 4)),
                chance.percent(40),
                Duration.ofSeconds(chance.between(4, 12)));
    }

    /** One whose outcome is certain. */
    static Step.Condition certainWebhook(boolean disableCallback) {
        return new Step.RunWebhook(webhook(
                Answering.WELL_IN_THE_END,
                CallingBack.ONCE,
                2,
                Duration.ofSeconds(4),
                disableCallback,
                Duration.ofSeconds(20)));
    }

    private static Webhook webhook(
            Answering answering,
            CallingBack back,
            int retryCount,
            Duration timeout,
            boolean disableCallback,
            Duration callbackTimeout) {
        return new Webhook(
                answering + "-" + back,
                Webhook.POST,
                Callees.uri(answering, back),
                Map.of(),
                null,
                retryCount,
                Webhook.BACKOFF,
                timeout,
                null,
                disableCallback,
                callbackTimeout);
    }

    /** Longer than requests and weight may disagree. */
    static Step.Condition patience(Chance chance) {
        return new Step.Analysis(new AnalysisSpec(
                Duration.ofSeconds(5),
                13,
                List.of(query(chance)),
                0,
                13,
                chance.oneOf(List.of(OnInconclusive.values())),
                Duration.ZERO,
                Duration.ZERO,
                Lookback.SLIDING,
                1));
    }

    /** One whose outcome is certain, by what the canary's requests are like. */
    static Step.Condition certainAnalysis() {
        return new Step.Analysis(new AnalysisSpec(
                Duration.ofSeconds(5),
                2,
                List.of(ERRORS),
                0,
                0,
                OnInconclusive.ROLLBACK,
                Duration.ZERO,
                Duration.ZERO,
                Lookback.SLIDING,
                1));
    }

    static AnalysisSpec background(Chance chance) {
        return analysis(chance, 0);
    }

    private static AnalysisSpec analysis(Chance chance, int runs) {
        return new AnalysisSpec(
                Duration.ofSeconds(chance.between(4, 8)),
                runs,
                List.of(query(chance)),
                chance.percent(80) ? 0 : 1,
                chance.percent(50) ? 0 : 2,
                chance.oneOf(List.of(OnInconclusive.values())),
                Duration.ofSeconds(chance.percent(60) ? 0 : chance.between(1, 5)),
                Duration.ZERO,
                chance.oneOf(List.of(Lookback.values())),
                null,
                1,
                mode(chance),
                mode(chance),
                false);
    }

    private static RollMode mode(Chance chance) {
        return chance.percent(85) ? RollMode.AUTOMATIC : RollMode.MANUAL;
    }

    private static Query query(Chance chance) {
        var drawn = chance.percent(75) ? ERRORS : TIMES;
        var evaluation = chance.oneOf(List.of(Evaluation.values()));
        return drawn.withEvaluation(evaluation);
    }

    private static Query query(String name, Question asks, double upperLimit) {
        return new Query(name, asks, new Rule.Limits(upperLimit, null), Evaluation.INTERVAL)
                .withMinimumSamples(RolloutFiles.MINIMUM_SAMPLES);
    }
}
