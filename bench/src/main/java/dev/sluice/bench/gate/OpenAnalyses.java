package dev.sluice.bench.gate;

import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.AnalysisSet.Analysis;
import dev.sluice.schemas.message.AnalysisSet.Variants;
import dev.sluice.schemas.rollout.AnalysisSpec.Lookback;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Rule;
import dev.sluice.schemas.rollout.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A background analysis for each of the first services: half of them as events arrive, half in windows that slide. */
final class OpenAnalyses {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private OpenAnalyses() {}

    static List<AnalysisSet> of(int services, Instant from) {
        return IntStream.range(0, Math.min(services, ShopTraffic.SERVICES))
                .mapToObj(service -> set(service, from))
                .toList();
    }

    private static AnalysisSet set(int service, Instant from) {
        var rollout = "r-" + service;
        var evaluation = service % 2 == 0 ? Evaluation.CONTINUOUS : Evaluation.INTERVAL;
        var lookback = service / 2 % 2 == 0 ? Lookback.GROWING : Lookback.SLIDING;
        var analysis = new Analysis(
                rollout + "/prod/background/1",
                "background",
                from,
                INTERVAL,
                0,
                lookback,
                Duration.ZERO,
                List.of(errorRate(evaluation), depth(evaluation)));
        return new AnalysisSet(
                rollout,
                ShopTraffic.application(service),
                ShopTraffic.target(),
                1,
                1,
                null,
                Map.of(),
                new Variants("1.4.1", "1.4.2"),
                List.of(analysis));
    }

    private static Query errorRate(Evaluation evaluation) {
        var ratio =
                new Question.Ratio(new Selector("http_requests", Map.of("code", "5..")), Selector.of("http_requests"));
        return new Query("error-rate", ratio, new Rule.Limits(0.5, null), evaluation).withMinimumSamples(100);
    }

    private static Query depth(Evaluation evaluation) {
        return new Query(
                "depth", new Question.Mean(Selector.of("queue_depth")), new Rule.Limits(1000.0, null), evaluation);
    }
}
