package dev.sluice.gate.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.Shop;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.AnalysisSet.Analysis;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.MetricEvent.AlertState;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.AnalysisSpec.Lookback;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Rule;
import dev.sluice.schemas.rollout.Rule.Baseline;
import dev.sluice.schemas.rollout.Score;
import dev.sluice.schemas.rollout.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each judge through the gate: what it says of a bad canary, of a good one, and of one that nothing is known of. */
class JudgesTest {
    private static final Shop SHOP = Shop.named("shop/checkout");
    private static final Question.Ratio ERRORS =
            new Question.Ratio(new Selector("http_requests", Map.of("code", "5..")), Selector.of("http_requests"));
    private static final Duration RUN = Duration.ofMinutes(10);

    private final Bench bench = new Bench();

    private static Rule sequential(Rule.Test test) {
        return new Rule.Sequential(Baseline.STABLE, test, 0.01, 0);
    }

    private void open(Query... queries) {
        open(null, queries);
    }

    private void open(Score score, Query... queries) {
        var id = "r/prod/step-1/1";
        var analysis = new Analysis(
                id, "step-1", bench.now(), RUN, 1, Lookback.GROWING, Duration.ZERO, score, List.of(queries));
        bench.open(new AnalysisSet(
                "r", SHOP.application(), SHOP.target(), 1, 1, bench.now(), Map.of(), Shop.VARIANTS, List.of(analysis)));
    }

    private interface Traffic {
        /** @param second of the run */
        MetricEvent[] in(int second);
    }

    /** Second by second, until there is a verdict or the run is over. */
    private Verdict judged(Traffic traffic) {
        for (int second = 0; second < RUN.toSeconds() && bench.verdicts().isEmpty(); second++) {
            bench.measure(traffic.in(second));
            bench.pass(Duration.ofSeconds(1));
        }
        bench.pass(Duration.ofSeconds(2));
        assertThat(bench.verdicts()).hasSize(1);
        return bench.verdicts().getFirst();
    }

    private MetricEvent[] requests(double canaryErrors, double stableErrors) {
        return new MetricEvent[] {
            SHOP.requests("canary", "200", 10 - canaryErrors),
            SHOP.requests("canary", "500", canaryErrors),
            SHOP.requests("stable", "200", 90 - stableErrors),
            SHOP.requests("stable", "500", stableErrors)
        };
    }

    @ParameterizedTest
    @EnumSource(Rule.Test.class)
    void sequentialFailsAsSoonAsTheEvidenceIsThere(Rule.Test test) {
        // given
        open(new Query("errors", ERRORS, sequential(test), Evaluation.CONTINUOUS));

        // when
        var verdict = judged(second -> requests(second % 5 == 0 ? 1 : 0, second % 10 == 0 ? 1 : 0));

        // then
        var found = verdict.queries().getFirst();
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(found.evidence().against())
                .isGreaterThanOrEqualTo(found.evidence().bar());
        assertThat(found.words()).contains("5xx ").contains("stable ").contains("that it takes to fail");
        assertThat(Duration.between(Bench.START, verdict.time())).isLessThan(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @EnumSource(Rule.Test.class)
    void sequentialLetsAGoodCanaryPassHoweverOftenItLooks(Rule.Test test) {
        // given
        var chance = new SplittableRandom(7);
        open(new Query("errors", ERRORS, sequential(test), Evaluation.CONTINUOUS));

        // when
        var verdict = judged(second -> requests(chance.nextInt(10) == 0 ? 1 : 0, chance.nextInt(10) < 9 ? 1 : 0));

        // then
        assertThat(verdict.outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void saysWhatWasAskedAndWhatWouldHaveBeenFoundByNow() {
        // given
        open(
                new Query("limited", ERRORS, new Rule.Limits(0.02, null), Evaluation.INTERVAL),
                new Query("compared", ERRORS, sequential(Rule.Test.RATE_RATIO), Evaluation.INTERVAL),
                new Query(
                        "relative",
                        ERRORS,
                        new Rule.Relative(Baseline.STABLE, 2.0, null, null, null),
                        Evaluation.INTERVAL));

        // when
        var verdict = judged(second -> requests(second % 10 == 0 ? 1 : 0, second % 10 < 9 ? 1 : 0));

        // then
        assertThat(verdict.queries())
                .extracting(Verdict.QueryResult::asked)
                .containsOnly("http_requests{code=~\"5..\"} / http_requests of 1.4.2 beside 1.4.1");
        assertThat(verdict.queries())
                .allSatisfy(
                        result -> assertThat(result.detectable().probability()).isEqualTo(0.8));
        var values = verdict.queries().stream()
                .collect(Collectors.toMap(
                        Verdict.QueryResult::name, result -> result.detectable().value()));
        // 121 of 6000 requests are above 2 %, and come four times of five at 2.14 %: by the normal distribution, nearly
        assertThat(values.get("limited")).isBetween(0.021, 0.022);
        assertThat(values.get("relative")).isEqualTo(values.get("limited"));
        assertThat(values.get("compared")).isBetween(0.014, 0.025);
    }

    @Test
    void doesNotSayWhatWouldHaveBeenFoundWhereNoFormulaDoes() {
        // given
        open(
                new Query("both ways", ERRORS, new Rule.Limits(0.5, 0.0), Evaluation.INTERVAL),
                new Query(
                        "count",
                        new Question.Count(Selector.of("http_requests")),
                        new Rule.Limits(1e9, null),
                        Evaluation.INTERVAL),
                new Query("other test", ERRORS, sequential(Rule.Test.BETA_BINOMIAL), Evaluation.INTERVAL));

        // when
        var verdict = judged(second -> requests(second % 10 == 0 ? 1 : 0, second % 10 < 9 ? 1 : 0));

        // then
        assertThat(verdict.outcome()).isEqualTo(Outcome.PASS);
        assertThat(verdict.queries())
                .extracting(Verdict.QueryResult::detectable)
                .containsOnlyNulls();
    }

    @Test
    void sequentialFindsARegressionThatBeginsLate() {
        // given
        open(new Query("errors", ERRORS, sequential(Rule.Test.RATE_RATIO), Evaluation.CONTINUOUS));

        // when
        var verdict = judged(second -> requests(second > 400 ? 1 : second % 10 == 0 ? 1 : 0, 1));

        // then
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(Duration.between(Bench.START, verdict.time()))
                .isBetween(Duration.ofSeconds(400), Duration.ofSeconds(460));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void oneBadInstanceFailsNoRelease(int bad) {
        // given
        open(new Query("errors", ERRORS, sequential(Rule.Test.RATE_RATIO), Evaluation.CONTINUOUS));

        // when
        var verdict = judged(second -> {
            var events = new ArrayList<>(List.of(requests(0, second % 10 == 0 ? 1 : 0)));
            for (int pod = 0; pod < 5; pod++) {
                events.add(ofPod("200", 1, pod));
                events.add(ofPod("500", pod < bad && second % 5 == pod ? 1 : 0, pod));
            }
            return events.toArray(MetricEvent[]::new);
        });

        // then
        assertThat(verdict.outcome()).isEqualTo(bad > 1 ? Outcome.FAIL : Outcome.PASS);
        if (bad == 1) {
            assertThat(verdict.queries().getFirst().words())
                    .endsWith(", all of it from instance pod-0: one bad instance fails no release");
        }
    }

    private static MetricEvent ofPod(String code, double count, int pod) {
        return new MetricEvent(
                SHOP.application(),
                SHOP.target(),
                "canary",
                null,
                "http_requests",
                null,
                count,
                null,
                null,
                Map.of("code", code),
                "pod-" + pod,
                null);
    }

    @Test
    @DisplayName("a bad instance stays one while another analysis opens beside the first")
    void aBadInstanceStaysOne() {
        // given
        var background = SHOP.analysis(
                "background",
                bench.now(),
                RUN,
                1,
                new Query("errors", ERRORS, sequential(Rule.Test.RATE_RATIO), Evaluation.CONTINUOUS));
        bench.open(SHOP.set(1, background));

        // when
        for (int second = 0; second < 240; second++) {
            if (second == 120) {
                bench.open(SHOP.set(2, background, SHOP.analysis("step", bench.now(), RUN, 1, Bench.AT_THE_END)));
            }
            bench.measure(requests(0, second % 10 == 0 ? 1 : 0));
            for (int pod = 0; pod < 5; pod++) {
                bench.measure(ofPod("200", 1, pod), ofPod("500", pod == 0 && second % 3 == 0 ? 1 : 0, pod));
            }
            bench.pass(Duration.ofSeconds(1));
        }

        // then
        assertThat(bench.verdicts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "non-inferior", "burn-rate"})
    @DisplayName("B10: what a histogram's last bound can't tell is no pass")
    void whatIsBeyondTheLastBoundIsNoPass(String judge) {
        // given
        var slow = new Question.Over(Selector.of("latency"), 2000);
        var pair = new Rule.BurnRate.Windows(Duration.ofMinutes(2), Duration.ofMinutes(1), 2);
        var rule = switch (judge) {
            case "sequential" -> sequential(Rule.Test.RATE_RATIO);
            case "non-inferior" -> new Rule.NonInferior(Baseline.STABLE, 0.01, 0.95);
            default -> new Rule.BurnRate(0.9, List.of(pair));
        };
        open(new Query("slow", slow, rule, Evaluation.INTERVAL));

        // when
        var verdict = judged(second -> new MetricEvent[] {
            SHOP.histogram("canary", "latency", List.of(1000.0), List.of(0.0, 10.0)),
            SHOP.histogram("stable", "latency", List.of(1000.0), List.of(90.0, 0.0))
        });

        // then
        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    @DisplayName("B45: what another release's canary spent is not this one's")
    void burnRatesBeginWithTheRollout() {
        // given
        for (int second = 0; second < 30; second++) {
            bench.measure(requests(10, 0));
            bench.pass(Duration.ofSeconds(1));
        }
        var pair = new Rule.BurnRate.Windows(Duration.ofHours(1), Duration.ofMinutes(15), 2);
        open(new Query("burn", ERRORS, new Rule.BurnRate(0.9, List.of(pair)), Evaluation.INTERVAL));

        // then
        assertThat(judged(second -> requests(0, 0)).outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void ofNothingThereIsNoMultiple() {
        // given
        open(new Query(
                "errors", ERRORS, new Rule.Relative(Baseline.STABLE, 2.0, null, null, null), Evaluation.INTERVAL));

        // when
        var verdict = judged(second -> requests(second == 0 ? 1 : 0, 0));

        // then
        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.queries().getFirst().words()).contains("give a difference as well");
    }

    @Test
    @DisplayName("B11: a score is no pass where a query could not be judged")
    void aScoreIsNoPassOfErrors() {
        // given
        var broken = new Query(
                "broken",
                new Question.Ratio(new Selector("m", Map.of("a", "((")), Selector.of("m")),
                new Rule.Limits(1.0, null),
                Evaluation.INTERVAL);
        open(new Score(50, 40, Map.of()), broken, Bench.AT_THE_END);

        // then
        assertThat(judged(second -> requests(0, 0)).outcome()).isEqualTo(Outcome.ERROR);
    }

    @Test
    void sequentialTakesSlowRequestsForErrors() {
        // given
        var slow = new Question.Over(Selector.of("latency"), 250);
        open(new Query("slow", slow, sequential(Rule.Test.RATE_RATIO), Evaluation.CONTINUOUS));

        // when
        var verdict = judged(second -> new MetricEvent[] {
            SHOP.histogram("canary", "latency", List.of(100.0, 250.0), List.of(5.0, 3.0, 2.0)),
            SHOP.histogram("stable", "latency", List.of(100.0, 250.0), List.of(50.0, 39.0, 1.0))
        });

        // then
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict.queries().getFirst().words()).startsWith("20 % of ").contains("latency above 250");
    }

    @Test
    void quantilesAreComparedByBands() {
        // given
        var p90 = new Question.Quantile(Selector.of("latency"), 0.9);
        open(new Query("p90", p90, sequential(Rule.Test.RATE_RATIO), Evaluation.CONTINUOUS));

        // when
        var verdict = judged(second -> new MetricEvent[] {
            SHOP.histogram("canary", "latency", List.of(100.0, 250.0, 500.0), List.of(2.0, 2.0, 6.0, 0.0)),
            SHOP.histogram("stable", "latency", List.of(100.0, 250.0, 500.0), List.of(95.0, 5.0, 0.0, 0.0))
        });

        // then
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict.queries().getFirst().words()).contains("certainly above 250; stable at most 250");
    }

    @Test
    void layoutsWithoutACommonBoundTellNothing() {
        // given
        var p90 = new Question.Quantile(Selector.of("latency"), 0.9);
        open(new Query("p90", p90, sequential(Rule.Test.RATE_RATIO), Evaluation.CONTINUOUS));

        // when
        var verdict = judged(second -> new MetricEvent[] {
            SHOP.histogram("canary", "latency", List.of(100.0), List.of(2.0, 8.0)),
            SHOP.histogram("canary", "latency", List.of(90.0), List.of(2.0, 8.0)),
            SHOP.histogram("stable", "latency", List.of(100.0), List.of(95.0, 5.0))
        });

        // then
        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.queries().getFirst().words())
                .isEqualTo("p90: the canary's histograms have no bound in common");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.0, 3.0})
    void mannWhitneyComparesStretchesOfTime(double factor) {
        // given
        var chance = new SplittableRandom(3);
        var rule = new Rule.MannWhitney(
                Baseline.STABLE,
                Duration.ofSeconds(30),
                0.98,
                0.25,
                Rule.Direction.INCREASE,
                new Rule.EffectSize(Rule.Effect.MEAN_RATIO, null, null, null, null),
                Rule.Nan.REMOVE,
                false,
                false,
                false,
                null);
        open(new Query("depth", new Question.Mean(Selector.of("depth")), rule, Evaluation.INTERVAL));

        // when
        var verdict = judged(second -> new MetricEvent[] {
            SHOP.value("canary", "depth", factor * (10 + chance.nextDouble())),
            SHOP.value("stable", "depth", 10 + chance.nextDouble())
        });

        // then
        assertThat(verdict.outcome()).isEqualTo(factor > 1 ? Outcome.FAIL : Outcome.PASS);
        assertThat(verdict.queries().getFirst().words()).contains("20 stretches of 30s against 20 stable");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 200})
    void nonInferiorPassesOnlyWhatIsKnown(int requests) {
        // given
        var rule = new Rule.NonInferior(Baseline.STABLE, 0.01, 0.95);
        open(new Query("errors", ERRORS, rule, Evaluation.INTERVAL));

        // when
        var verdict = judged(second -> second > 0
                ? new MetricEvent[0]
                : new MetricEvent[] {
                    SHOP.requests("canary", "200", 10 * requests), SHOP.requests("canary", "500", 0),
                    SHOP.requests("stable", "200", 100 * requests), SHOP.requests("stable", "500", 0)
                });

        // then
        assertThat(verdict.outcome()).isEqualTo(requests > 100 ? Outcome.PASS : Outcome.INCONCLUSIVE);
        assertThat(verdict.queries().getFirst().words())
                .contains("worse by at most")
                .contains("margin 1 %");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void burnRatesAreHeldAgainstBothWindows(int errors) {
        // given
        var pair = new Rule.BurnRate.Windows(Duration.ofHours(1), Duration.ofMinutes(1), 2);
        open(new Query("burn", ERRORS, new Rule.BurnRate(0.9, List.of(pair)), Evaluation.INTERVAL));

        // when
        var verdict = judged(second -> requests(errors, 0));

        // then
        assertThat(verdict.outcome()).isEqualTo(errors > 2 ? Outcome.FAIL : Outcome.PASS);
        assertThat(verdict.queries().getFirst().words())
                .contains("times over 1h and")
                .contains("limit 2");
    }

    @Test
    void aKindOfErrorThatOnlyTheCanaryShowsIsNovel() {
        // given
        bench.measure(error("stable", "timeout", 1));
        bench.pass(Duration.ofSeconds(5));
        var asked = new Question.Novel(Selector.of("errors"), "kind", Selector.of("http_requests"), 0.01);
        open(new Query("kinds", asked, new Rule.Itself(), Evaluation.INTERVAL));

        // when
        var verdict = judged(second -> second >= 8
                ? requests(0, 0)
                : new MetricEvent[] {
                    SHOP.requests("canary", "200", 10),
                    SHOP.requests("stable", "200", 90),
                    error("canary", "timeout", 5),
                    error("canary", "npe", 1),
                    error("stable", "refused", 1)
                });

        // then
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict.queries().getFirst().words()).startsWith("kind=npe is the canary's alone: 8 of errors in");
    }

    private static MetricEvent error(String variant, String kind, double count) {
        return new MetricEvent(
                SHOP.application(),
                SHOP.target(),
                variant,
                null,
                "errors",
                null,
                count,
                null,
                null,
                Map.of("kind", kind),
                null,
                null);
    }

    @Test
    void conditionsAndNumbersAreWorkedOut() {
        // given
        open(
                new Query(
                        "cel",
                        new Question.Condition("canary.rate(\"http_requests\") > 0.2 * stable.rate(\"http_requests\")"),
                        new Rule.Itself(),
                        Evaluation.INTERVAL),
                new Query(
                        "share",
                        new Question.Value("count(\"http_requests\", {\"code\": \"=500\"}) / count(\"http_requests\")"),
                        new Rule.Limits(0.05, null),
                        Evaluation.INTERVAL));

        // when
        var verdict = judged(second -> requests(second % 50 == 0 ? 1 : 0, 0));

        // then
        assertThat(verdict.outcome()).isEqualTo(Outcome.PASS);
        assertThat(verdict.queries().getFirst().words()).endsWith("is false: canary.rate 10, stable.rate 90");
        assertThat(verdict.queries().get(1).canary()).isEqualTo(0.002);
    }

    private static Query pages() {
        return new Query(
                "pages",
                new Question.Alert("High.*", Map.of("severity", "page")),
                new Rule.Itself(),
                Evaluation.CONTINUOUS);
    }

    private static MetricEvent alert(AlertState state, Instant time) {
        return MetricEvent.ofAlert(
                SHOP.application(), SHOP.target(), "HighErrorRate", state, time, Map.of("severity", "page"));
    }

    @Test
    void aFiringAlertFailsAtOnce() {
        // given
        open(pages());

        // when
        bench.measure(alert(AlertState.FIRING, null));

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.FAIL);
        assertThat(bench.words()).isEqualTo("HighErrorRate {severity=page} firing since 2026-11-20T12:00:00Z");
    }

    @Test
    @DisplayName("no word of an alert is no pass by itself, and keeps nobody from passing")
    void silenceIsNoPass() {
        open(pages());
        assertThat(judged(second -> requests(0, 0)).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void silenceKeepsNobodyFromPassing() {
        open(pages(), Bench.AT_THE_END);
        assertThat(judged(second -> requests(0, 0)).outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void anAlertThatFiredBeforeTheAnalysisStillFires() {
        // given
        bench.measure(alert(AlertState.FIRING, null));
        bench.pass(Duration.ofMinutes(30));

        // when
        open(pages());

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.FAIL);
    }

    @Test
    void whatIsSaidLateOfAnAlertChangesNothing() {
        // given
        open(pages(), Bench.AT_THE_END);
        bench.pass(Duration.ofSeconds(20));

        // when
        bench.measure(
                alert(AlertState.RESOLVED, bench.now()),
                alert(AlertState.FIRING, bench.now().minusSeconds(10)));

        // then
        assertThat(judged(second -> requests(0, 0)).outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void aScoreWeighsWhatFailsAgainstWhatPasses() {
        // given
        var fails = new Query(
                "fails",
                new Question.Count(Selector.of("http_requests")),
                new Rule.Limits(1.0, null),
                Evaluation.CONTINUOUS);
        open(new Score(95, 40, Map.of()), fails, Bench.AT_THE_END);

        // when
        var verdict = judged(second -> requests(0, 0));

        // then
        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.queries())
                .extracting(Verdict.QueryResult::outcome)
                .containsExactly(Outcome.FAIL, Outcome.PASS);
    }
}
