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
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
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
        return IntStream.range(0, services)
                .mapToObj(service -> set(service, from, 1))
                .toList();
    }

    /** The same as rollouts come: each begins a little after the one before it, so that not all their runs end at once. */
    static List<AnalysisSet> inTurns(int services, Instant from) {
        return IntStream.range(0, services)
                .mapToObj(service ->
                        set(service, from.plus(INTERVAL.multipliedBy(service).dividedBy(services)), 1))
                .toList();
    }

    /** All at once, as the gate has them: read from their topic, so that no two share a word. */
    static List<AnalysisSet> asRead(int services, Instant from) {
        return of(services, from).stream().map(OpenAnalyses::reread).toList();
    }

    private static AnalysisSet reread(AnalysisSet set) {
        try {
            return Json.mapper().readValue(Json.mapper().writeValueAsBytes(set), AnalysisSet.class);
        } catch (IOException e) {
            throw new UncheckedIOException("what was written can be read", e);
        }
    }

    /** @param revision larger than that of any set before */
    static AnalysisSet set(int service, Instant from, long revision) {
        var evaluation = service % 2 == 0 ? Evaluation.CONTINUOUS : Evaluation.INTERVAL;
        var lookback = service / 2 % 2 == 0 ? Lookback.GROWING : Lookback.SLIDING;
        var analysis = new Analysis(
                id(service, revision),
                "background",
                from,
                INTERVAL,
                0,
                lookback,
                Duration.ZERO,
                List.of(errorRate(evaluation), depth(evaluation)));
        return set(service, revision, analysis);
    }

    /** Whether it is judged as events arrive, in windows that slide: a window that was broken is whole again with the next. */
    static boolean recovers(int service) {
        return service % 4 == 2;
    }

    /**
     * Looks back to there, and fails as soon as its windows can be judged, for the most of its requests are answered with a code
     * that it has too many of.
     */
    static AnalysisSet failing(int service, Instant from, long revision) {
        var ratio =
                new Question.Ratio(new Selector("http_requests", Map.of("code", "2..")), Selector.of("http_requests"));
        var query = new Query("successes", ratio, new Rule.Limits(0.5, null), Evaluation.CONTINUOUS)
                .withMinimumSamples(100);
        var analysis = new Analysis(
                id(service, revision),
                "background",
                from,
                Duration.ofHours(1),
                0,
                Lookback.GROWING,
                Duration.ZERO,
                List.of(query));
        return set(service, revision, analysis);
    }

    private static String id(int service, long revision) {
        return "r-%d/%s/background/%d".formatted(service, ShopTraffic.target(), revision);
    }

    private static AnalysisSet set(int service, long revision, Analysis analysis) {
        return new AnalysisSet(
                "r-" + service,
                ShopTraffic.application(service),
                ShopTraffic.target(),
                1,
                revision,
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
