package dev.sluice.gate.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.Shop;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.AnalysisSet.Analysis;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.AnalysisSpec.Lookback;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Rule;
import dev.sluice.schemas.rollout.Rule.Baseline;
import dev.sluice.schemas.rollout.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What queries see beside the run's window. */
class LookingFurtherTest {
    private static final Shop SHOP = Shop.named("shop/checkout");
    private static final Duration RUN = Bench.RUN;

    private final Bench bench = new Bench();

    private static Query depth(Baseline baseline) {
        return new Query(
                "depth",
                new Question.Mean(Selector.of("depth")),
                new Rule.Relative(baseline, 1.5, null, null, null),
                Evaluation.INTERVAL);
    }

    private void open(Instant begun, Query... queries) {
        open(begun, SHOP.analysis("step-1", bench.now(), RUN, 2, queries));
    }

    private void open(Instant begun, Analysis analysis) {
        bench.open(new AnalysisSet(
                "r",
                SHOP.application(),
                SHOP.target(),
                1,
                1,
                begun,
                java.util.Map.of(),
                Shop.VARIANTS,
                List.of(analysis)));
    }

    @Test
    void comparesWithWhatRunsBesideTheCanary() {
        // given
        open(null, depth(Baseline.STABLE));

        // when
        bench.measure(SHOP.value("canary", "depth", 16), SHOP.value("stable", "depth", 10));
        bench.pass(Bench.RUN_AND_GRACE);

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.FAIL);
        assertThat(bench.words()).isEqualTo("mean of depth 16 over 1 samples, stable 10, limit x 1.5 = 15");
    }

    @Test
    void withoutABaselineNothingIsKnown() {
        // given
        open(null, depth(Baseline.STABLE));

        // when
        bench.measure(SHOP.value("canary", "depth", 16));
        bench.pass(Bench.RUN_AND_GRACE);

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.INCONCLUSIVE);
        assertThat(bench.words()).startsWith("depth: nothing to compare with: no depth from the stable");
    }

    @Test
    void comparesWithWhatRanBeforeTheRollout() {
        // given
        bench.measure(SHOP.value("stable", "depth", 100));
        bench.pass(Duration.ofSeconds(1));
        bench.measure(SHOP.value("stable", "depth", 10));
        bench.pass(Duration.ofSeconds(29));
        var begun = bench.now();
        bench.pass(Duration.ofSeconds(5));

        // when
        open(begun, depth(Baseline.PREVIOUS));
        bench.measure(SHOP.value("canary", "depth", 16), SHOP.value("stable", "depth", 1000));
        bench.pass(Bench.RUN_AND_GRACE);
        bench.measure(SHOP.value("canary", "depth", 100), SHOP.value("stable", "depth", 1000));
        bench.pass(RUN);

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.PASS, Outcome.PASS);
        assertThat(bench.words()).contains("before the rollout 55, limit x 1.5 = 82.5");
    }

    @Test
    void whatCameTooSoonIsNotLookedAt() {
        // given
        var delayed = new Query(
                "errors",
                new Question.Count(new Selector("http_requests", java.util.Map.of("code", "=500"))),
                new Rule.Limits(0.0, null),
                1,
                null,
                Evaluation.CONTINUOUS,
                Duration.ofSeconds(10),
                null,
                null,
                null,
                null,
                false);
        open(null, delayed);

        // when
        bench.measure(SHOP.requests("canary", "500", 5));
        bench.pass(Duration.ofSeconds(11));
        assertThat(bench.verdicts()).isEmpty();
        bench.measure(SHOP.requests("canary", "5000", 5), SHOP.requests("canary", "500", 1));

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.FAIL);
        assertThat(bench.words()).isEqualTo("http_requests 1, limit 0");
    }

    @Test
    void aRunThatEndsBeforeAQueryLooksIsLeftToTheOthers() {
        // given
        var late = new Query(
                "late",
                Bench.AT_THE_END.asks(),
                Bench.AT_THE_END.rule(),
                100,
                null,
                Evaluation.INTERVAL,
                Duration.ofSeconds(45),
                null,
                null,
                null,
                null,
                false);
        open(null, Bench.AT_THE_END, late);

        // when
        bench.measure(SHOP.requests("canary", "200", 500), SHOP.requests("stable", "200", 500));
        bench.pass(Bench.RUN_AND_GRACE);
        bench.measure(SHOP.requests("canary", "200", 50));
        bench.pass(RUN);

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.PASS, Outcome.INCONCLUSIVE);
        assertThat(bench.verdicts().getFirst().queries().get(1).words()).startsWith("late is looked at from");
        assertThat(bench.verdicts().get(1).queries().get(1).words())
                .startsWith("late: no http_requests of the canary in the window");
    }

    @Test
    void aRunIsExtendedForTheQueryThatWaits() {
        // given
        var waits = new Query(
                "waits",
                Bench.AT_THE_END.asks(),
                Bench.AT_THE_END.rule(),
                100,
                null,
                Evaluation.INTERVAL,
                null,
                Duration.ofSeconds(20),
                null,
                null,
                null,
                false);
        open(null, SHOP.analysis("step-1", bench.now(), RUN, 1, Lookback.SLIDING, Duration.ZERO, waits));

        // when
        bench.measure(SHOP.requests("canary", "200", 60));
        bench.pass(Bench.RUN_AND_GRACE);
        assertThat(bench.verdicts()).isEmpty();
        bench.measure(SHOP.requests("canary", "200", 60));
        bench.pass(Duration.ofSeconds(5));

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.PASS);
    }
}
