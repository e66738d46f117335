package dev.sluice.gate.core;

import static dev.sluice.gate.core.Bench.AT_ONCE;
import static dev.sluice.gate.core.Bench.AT_THE_END;
import static dev.sluice.gate.core.Bench.RUN;
import static dev.sluice.gate.core.Bench.RUN_AND_GRACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.Shop;
import dev.sluice.gate.core.GateEvent.AnalysesForgotten;
import dev.sluice.gate.core.GateEvent.Incomplete;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.AnalysisSpec.Lookback;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InconclusiveTest {
    private final Bench bench = new Bench();
    private final Shop shop = Shop.named("shop/checkout");

    @Test
    @DisplayName("B10 a run whose events may not all be in is inconclusive and names what lags")
    void doesNotPassByTheDeadline() {
        // given
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, AT_THE_END)));
        bench.measure(shop.requests("canary", "200", 500));

        // when
        var needed = bench.passWithoutCompleteness(RUN_AND_GRACE);
        bench.tell(new Incomplete(0, needed.getFirst(), "partition 3 of rollout.metrics lags"));

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.INCONCLUSIVE);
        assertThat(bench.words()).contains("partition 3 of rollout.metrics");
    }

    @ParameterizedTest
    @EnumSource(Evaluation.class)
    @DisplayName("B10 no data at all is inconclusive, never a pass")
    void isInconclusiveWithoutData(Evaluation evaluation) {
        // given
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, Shop.errorRate(evaluation, 1))));

        // when
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.INCONCLUSIVE);
        assertThat(bench.verdicts().getFirst().share()).isNull();
    }

    @Test
    @DisplayName("B10 fewer samples than the minimum are inconclusive, however bad they are")
    void isInconclusiveBelowTheMinimum() {
        // given
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, AT_ONCE)));

        // when
        bench.measure(shop.requests("canary", "500", 99), shop.requests("stable", "200", 100_000));
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.INCONCLUSIVE);
        assertThat(bench.words()).isEqualTo("error-rate: 99 of at least 100 samples");
    }

    @Test
    @DisplayName("B10 a missing denominator is inconclusive and names the metrics that exist")
    void namesTheMetricsThatExist() {
        // given
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, AT_THE_END)));

        // when
        bench.measure(shop.value("canary", "queue_depth", 3));
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.INCONCLUSIVE);
        assertThat(bench.words()).contains("no http_requests from the canary", "queue_depth");
    }

    @Test
    @DisplayName("B10 sums that overflow to infinity decide nothing")
    void isInconclusiveOnInfinity() {
        // given
        var mean =
                Shop.query("depth", new Question.Mean(Selector.of("queue_depth")), 10.0, null, 1, Evaluation.INTERVAL);
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, mean)));

        // when
        bench.measure(
                shop.value("canary", "queue_depth", Double.MAX_VALUE),
                shop.value("canary", "queue_depth", Double.MAX_VALUE));
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.INCONCLUSIVE);
        assertThat(bench.verdicts().getFirst().queries().getFirst().canary()).isNull();
    }

    @Test
    @DisplayName("B13 an analysis closed before any measurement has no verdict; one that ran without is inconclusive")
    void hasNoVerdictOnceClosed() {
        // given
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 3, AT_THE_END)));
        bench.pass(RUN_AND_GRACE);
        assertThat(bench.outcomes()).containsExactly(Outcome.INCONCLUSIVE);

        // when
        bench.open(shop.set(2));
        bench.measure(shop.requests("canary", "500", 500));
        bench.pass(RUN_AND_GRACE);
        bench.tell(new AnalysesForgotten(new TargetKey(shop.application(), shop.target())));
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(bench.verdicts()).hasSize(1);
    }

    @Test
    void anInconclusiveRunIsExtendedUntilItHasItsSamples() {
        // given
        var patient = shop.analysis("step-1", bench.now(), RUN, 1, Lookback.GROWING, Duration.ofMinutes(5), AT_THE_END);
        bench.open(shop.set(1, patient));
        bench.measure(shop.requests("canary", "200", 60));
        bench.pass(Duration.ofMinutes(1));
        assertThat(bench.verdicts()).isEmpty();

        // when
        bench.measure(shop.requests("canary", "200", 60));
        bench.pass(Duration.ofSeconds(1));

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.PASS);
    }

    @Test
    void anExtendedRunEndsInconclusiveAfterTheLongestWait() {
        // given
        var patient = shop.analysis("step-1", bench.now(), RUN, 1, Lookback.GROWING, Duration.ofMinutes(5), AT_THE_END);
        bench.open(shop.set(1, patient));

        // when
        bench.pass(Duration.ofMinutes(1));
        bench.pass(Duration.ofMinutes(4));
        assertThat(bench.verdicts()).isEmpty();
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.INCONCLUSIVE);
    }

    @Test
    @DisplayName("B10 a window that begins before the log is inconclusive")
    void isInconclusiveBeforeTheLog() {
        // given
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, AT_ONCE)));
        bench.tell(new GateEvent.PartitionAssigned(0, Bench.START.plusSeconds(10), Instant.EPOCH));
        bench.tell(new GateEvent.CaughtUp(0));

        // when
        bench.measure(shop.requests("canary", "200", 500), shop.requests("canary", "500", 500));
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.INCONCLUSIVE);
        assertThat(bench.words()).contains("no longer in the log");
    }
}
