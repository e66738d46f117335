package dev.sluice.gate.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.Shop;
import dev.sluice.gate.core.Decision.AnswerNeeded;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.AnalysisSet.Analysis;
import dev.sluice.schemas.message.Verdict.Outcome;
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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What comes in just after a weight moved is left out by queries that say so. */
class SettleTest {
    private static final Shop SHOP = Shop.named("shop/checkout");
    private static final Duration SETTLE = Duration.ofSeconds(10);
    private static final Query ERRORS = new Query(
                    "errors",
                    new Question.Count(new Selector("http_requests", Map.of("code", "=500"))),
                    new Rule.Limits(0.0, null),
                    Evaluation.CONTINUOUS)
            .withSettle(SETTLE);

    private final Bench bench = new Bench();
    private int revision = 1;

    private void open(Analysis analysis, Instant... moved) {
        bench.open(new AnalysisSet(
                "r",
                SHOP.application(),
                SHOP.target(),
                1,
                revision++,
                null,
                Map.of(),
                Shop.VARIANTS,
                List.of(moved),
                List.of(analysis)));
    }

    private static Instant second(int second) {
        return Bench.START.plusSeconds(second);
    }

    private static Analysis beside(Lookback lookback, Query... queries) {
        return SHOP.analysis("background", Bench.START, Bench.RUN, 0, lookback, Duration.ZERO, queries);
    }

    @Test
    void isNotLookedAtUntilTheWeightHasSettled() {
        // given
        open(beside(Lookback.SLIDING, ERRORS), second(5));

        // when
        bench.pass(Duration.ofSeconds(6));
        bench.measure(SHOP.requests("canary", "500", 7));
        assertThat(bench.verdicts()).isEmpty();
        bench.pass(Duration.ofSeconds(10));
        bench.measure(SHOP.requests("canary", "500", 1));

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.FAIL);
        assertThat(bench.words()).isEqualTo("http_requests 1, limit 0");
    }

    @Test
    void aMoveThatIsHeardOfLaterLeavesOutWhatHadCome() {
        // given
        var rate = Bench.AT_THE_END.withMinimumSamples(10).withSettle(SETTLE);
        open(beside(Lookback.GROWING, rate));
        bench.measure(SHOP.requests("canary", "200", 10));
        bench.pass(Duration.ofSeconds(5));
        bench.measure(SHOP.requests("canary", "500", 10));

        // when
        open(beside(Lookback.GROWING, rate), second(4), second(5));
        bench.pass(Bench.RUN);

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.PASS);
        assertThat(bench.verdicts().getFirst().queries().getFirst().samples().canary())
                .isEqualTo(10);
    }

    @Test
    @DisplayName("B10: a run in which a query looks at nothing is no pass of it, and no reason against others'")
    void aRunThatSettlesIsPending() {
        // given
        var late = Bench.AT_THE_END.withSettle(Duration.ofMinutes(1));
        var calm = new Query("calm", late.asks(), late.rule(), Evaluation.INTERVAL).withSettle(Duration.ofMinutes(1));
        open(beside(Lookback.SLIDING, Bench.AT_THE_END, calm), second(-1));

        // when
        bench.measure(SHOP.requests("canary", "200", 500));
        bench.pass(Bench.RUN_AND_GRACE);

        // then
        var verdict = bench.verdicts().getFirst();
        assertThat(verdict.outcome()).isEqualTo(Outcome.PASS);
        assertThat(verdict.queries().getFirst().pending()).isFalse();
        assertThat(verdict.queries().get(1).pending()).isTrue();
        assertThat(verdict.queries().get(1).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.queries().get(1).words()).isEqualTo("calm is looked at from 2026-11-20T12:00:59Z on");
    }

    @Test
    void whereAllSettleNothingIsKnown() {
        // given
        open(beside(Lookback.SLIDING, ERRORS.withSettle(Bench.RUN)), second(0));

        // when
        bench.pass(Bench.RUN_AND_GRACE);

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.INCONCLUSIVE);
        assertThat(bench.verdicts().getFirst().queries().getFirst().pending()).isTrue();
    }

    @Test
    @DisplayName("B10: what a growing window knew before a weight moved says nothing of the weight there is now")
    void aGrowingWindowDoesNotPassOnWhatWasBefore() {
        // given
        var rate = Bench.AT_THE_END.withSettle(Bench.RUN.plusSeconds(5));
        open(beside(Lookback.GROWING, rate), second(29));
        bench.measure(SHOP.requests("canary", "200", 500));
        bench.pass(Bench.RUN_AND_GRACE);
        bench.measure(SHOP.requests("canary", "500", 500));

        // when
        bench.pass(Bench.RUN);

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.PASS, Outcome.INCONCLUSIVE);
        var second = bench.verdicts().get(1).queries().getFirst();
        assertThat(second.pending()).isTrue();
        assertThat(second.words()).isEqualTo("error-rate is looked at again from 2026-11-20T12:01:04Z on");
    }

    @Test
    void aRateIsOverTheTimeThatIsLookedAt() {
        // given
        var rate = Shop.query(
                        "hits", new Question.Rate(Selector.of("http_requests")), 1.0, null, 1, Evaluation.INTERVAL)
                .withSettle(SETTLE);
        open(beside(Lookback.SLIDING, rate), second(5));
        bench.pass(Duration.ofSeconds(6));
        bench.measure(SHOP.requests("canary", "200", 500));
        bench.pass(Duration.ofSeconds(10));
        bench.measure(SHOP.requests("canary", "200", 10));

        // when
        bench.pass(Bench.RUN);

        // then
        assertThat(bench.verdicts().getFirst().queries().getFirst().canary()).isEqualTo(0.5);
    }

    @Test
    void aProviderIsAskedAboutTheTimeSinceTheWeightSettled() {
        // given
        var pulled = new Query(
                        "pulled",
                        new Question.Pull("main", "up", null),
                        new Rule.Limits(2.0, null),
                        Evaluation.INTERVAL)
                .withSettle(SETTLE);
        open(beside(Lookback.SLIDING, pulled), second(5), second(27), second(32));

        // when
        bench.pass(Bench.RUN_AND_GRACE);
        bench.pass(Bench.RUN);

        // then
        assertThat(asked()).extracting(AnswerNeeded::run).containsExactly(1, 2);
        assertThat(asked().getFirst().window()).isEqualTo(window(15, 27));
        assertThat(asked().get(1).window()).isEqualTo(window(42, 60));
    }

    @Test
    void nobodyIsAskedAboutARunThatSettles() {
        // given
        var pulled = new Query(
                        "pulled",
                        new Question.Pull("main", "up", null),
                        new Rule.Limits(2.0, null),
                        Evaluation.INTERVAL)
                .withSettle(Duration.ofMinutes(1));
        open(beside(Lookback.SLIDING, pulled), second(0));

        // when
        bench.pass(Bench.RUN_AND_GRACE);

        // then
        assertThat(asked()).isEmpty();
        assertThat(bench.verdicts().getFirst().queries().getFirst().pending()).isTrue();
    }

    private List<AnswerNeeded> asked() {
        return bench.decisions.stream()
                .filter(AnswerNeeded.class::isInstance)
                .map(AnswerNeeded.class::cast)
                .toList();
    }

    private static Window window(int from, int to) {
        return new Window(second(from).toEpochMilli(), second(to).toEpochMilli(), true);
    }
}
