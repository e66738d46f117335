package dev.sluice.gate.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.Shop;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Rule;
import dev.sluice.schemas.rollout.Rule.Baseline;
import dev.sluice.schemas.rollout.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every judge, whatever it judges by. */
class JudgeLawsTest {
    private static final Shop SHOP = Shop.named("shop/laws");
    private static final Duration RUN = Duration.ofMinutes(3);
    private static final int SEEDS = 12;
    private static final Selector REQUESTS = Selector.of("http_requests");
    private static final Question.Ratio ERRORS =
            new Question.Ratio(new Selector("http_requests", Map.of("code", "5..")), REQUESTS);
    private static final Rule.EffectSize ANY = new Rule.EffectSize(Rule.Effect.MEAN_RATIO, null, null, null, null);

    static Stream<Arguments> queries() {
        return Stream.of(
                        query("threshold", ERRORS, new Rule.Limits(0.05, null)),
                        query("relative", ERRORS, new Rule.Relative(Baseline.STABLE, 2.0, 0.02, null, null)),
                        query("previous", ERRORS, new Rule.Relative(Baseline.PREVIOUS, 2.0, null, null, null)),
                        query("rate-ratio", ERRORS, sequential(Rule.Test.RATE_RATIO)),
                        query("beta-binomial", ERRORS, sequential(Rule.Test.BETA_BINOMIAL)),
                        query("slow", new Question.Over(Selector.of("latency"), 250), sequential(Rule.Test.RATE_RATIO)),
                        query(
                                "bands",
                                new Question.Quantile(Selector.of("latency"), 0.9),
                                sequential(Rule.Test.RATE_RATIO)),
                        query(
                                "mann-whitney",
                                new Question.Mean(Selector.of("depth")),
                                new Rule.MannWhitney(
                                        Baseline.STABLE,
                                        Duration.ofSeconds(10),
                                        0.98,
                                        0.25,
                                        Rule.Direction.INCREASE,
                                        ANY,
                                        Rule.Nan.REMOVE,
                                        false,
                                        false,
                                        false,
                                        null)),
                        query("non-inferior", ERRORS, new Rule.NonInferior(Baseline.STABLE, 0.02, 0.95)),
                        query(
                                "burn-rate",
                                ERRORS,
                                new Rule.BurnRate(
                                        0.99,
                                        List.of(new Rule.BurnRate.Windows(
                                                Duration.ofMinutes(2), Duration.ofMinutes(1), 5)))),
                        query(
                                "cel",
                                new Question.Condition(
                                        "canary.rate(\"http_requests\", {\"code\": \"5..\"}) / canary.rate(\"http_requests\") > 0.05"),
                                new Rule.Itself()),
                        query(
                                "value",
                                new Question.Value("mean(\"depth\") / 2.0"),
                                new Rule.Relative(Baseline.STABLE, 1.5, null, null, null)),
                        query(
                                "novel",
                                new Question.Novel(Selector.of("errors"), "kind", REQUESTS, 0.01),
                                new Rule.Itself()))
                .map(query -> Arguments.of(query.name(), query));
    }

    private static Query query(String name, Question asks, Rule rule) {
        return new Query(name, asks, rule, Evaluation.INTERVAL);
    }

    private static Rule sequential(Rule.Test test) {
        return new Rule.Sequential(Baseline.STABLE, test, 0.01, 0);
    }

    /** What both sides sent in each second; the canary's trouble on top, between 0 and 1. */
    private static Verdict judged(Query query, long seed, double trouble) {
        var bench = new Bench();
        var chance = new SplittableRandom(seed);
        for (int second = 0; second < 60; second++) {
            bench.measure(side("stable", 90, chance, 0));
            bench.pass(Duration.ofSeconds(1));
        }
        bench.open(SHOP.set(1, SHOP.analysis("step-1", bench.now(), RUN, 1, query)));
        for (int second = 0; second < RUN.toSeconds(); second++) {
            bench.measure(Stream.of(side("stable", 90, chance, 0), side("canary", 20, chance, trouble))
                    .flatMap(Stream::of)
                    .toArray(MetricEvent[]::new));
            bench.pass(Duration.ofSeconds(1));
        }
        bench.pass(Duration.ofSeconds(2));
        assertThat(bench.verdicts()).hasSize(1);
        return bench.verdicts().getFirst();
    }

    private static MetricEvent[] side(String variant, int requests, SplittableRandom chance, double trouble) {
        double errors = IntStream.range(0, requests)
                .filter(request -> chance.nextInt(100) < 1)
                .count();
        double more = Math.rint(trouble * (requests - errors));
        var events = new ArrayList<MetricEvent>();
        events.add(SHOP.requests(variant, "200", requests - errors - more));
        events.add(SHOP.requests(variant, "500", errors + more));
        events.add(SHOP.value(variant, "depth", 10 + chance.nextDouble() + 20 * trouble));
        events.add(SHOP.histogram(
                variant, "latency", List.of(100.0, 250.0), List.of(requests - errors - more, errors, more)));
        if (more > 0) {
            events.add(new MetricEvent(
                    SHOP.application(),
                    SHOP.target(),
                    variant,
                    null,
                    "errors",
                    null,
                    more,
                    null,
                    null,
                    Map.of("kind", "npe"),
                    null,
                    null));
        }
        return events.toArray(MetricEvent[]::new);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("queries")
    void noDataIsInconclusive(String name, Query query) {
        // given
        var bench = new Bench();
        bench.open(SHOP.set(1, SHOP.analysis("step-1", bench.now(), RUN, 1, query)));

        // when
        bench.measure(SHOP.value("canary", "something_else", 1));
        bench.pass(RUN.plusSeconds(2));

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.INCONCLUSIVE);
        assertThat(bench.words()).isNotBlank();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("queries")
    void aWorseCanaryIsNeverJudgedBetter(String name, Query query) {
        var outcomes = new ArrayList<Outcome>();
        for (int seed = 0; seed < SEEDS; seed++) {
            var before = Outcome.PASS;
            for (var trouble : new double[] {0, 0.1, 0.4}) {
                var outcome = judged(query, seed, trouble).outcome();
                assertThat(before == Outcome.FAIL && outcome == Outcome.PASS)
                        .as("seed %d: a canary that failed passes with more trouble, %s", seed, trouble)
                        .isFalse();
                before = outcome;
                outcomes.add(outcome);
            }
        }
        // it can tell at all
        assertThat(outcomes).contains(Outcome.PASS);
        assertThat(outcomes).contains(name.equals("non-inferior") ? Outcome.INCONCLUSIVE : Outcome.FAIL);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("queries")
    void theSameEventsGiveTheSameVerdictInWords(String name, Query query) {
        var first = judged(query, 5, 0.02);
        assertThat(judged(query, 5, 0.02)).isEqualTo(first);
        assertThat(first.queries().getFirst().words()).isNotBlank();
    }
}
