package dev.sluice.gate.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.Shop;
import dev.sluice.gate.core.GateEvent.AnalysesForgotten;
import dev.sluice.gate.core.GateEvent.Incomplete;
import dev.sluice.gate.core.GateEvent.VerdictKnown;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.AnalysisSpec.Lookback;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JudgementTest {
    private static final Duration RUN = Duration.ofSeconds(30);
    private static final Duration RUN_AND_GRACE = Duration.ofSeconds(31);
    private static final Query AT_THE_END = Shop.errorRate(Evaluation.INTERVAL, 100);
    private static final Query AT_ONCE = Shop.errorRate(Evaluation.CONTINUOUS, 100);

    private final Bench bench = new Bench();
    private final Shop shop = Shop.named("shop/checkout");

    @Test
    @DisplayName("B12 a continuous query fails the run with the event that breaks the limit")
    void failsWithTheBreakingEvent() {
        // given
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, AT_ONCE)));
        bench.measure(shop.requests("canary", "200", 1000), shop.requests("canary", "500", 10));
        assertThat(bench.verdicts()).isEmpty();

        // when
        bench.measure(shop.requests("canary", "503", 1));

        // then
        assertThat(bench.verdicts()).singleElement().satisfies(verdict -> {
            assertThat(verdict.id()).isEqualTo("r-shop/checkout/prod/step-1/1/1");
            assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
            assertThat(verdict.time()).isEqualTo(Bench.START);
        });
    }

    @Test
    @DisplayName("B12 at the limit a run passes, above it fails")
    void passesAtTheLimit() {
        // given
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, AT_THE_END)));

        // when
        bench.measure(shop.requests("canary", "200", 990), shop.requests("canary", "500", 10));
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(outcomes(bench)).containsExactly(Outcome.PASS);
    }

    @Test
    void anIntervalQueryIsJudgedAtTheEndOnly() {
        // given
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, AT_THE_END)));

        // when
        bench.measure(shop.requests("canary", "500", 500));

        // then
        assertThat(bench.verdicts()).isEmpty();
        bench.passWithoutCompleteness(RUN_AND_GRACE);
        assertThat(outcomes(bench)).as("a fail waits for nobody").containsExactly(Outcome.FAIL);
    }

    @Test
    void aPassWaitsUntilAllEventsAreIn() {
        // given
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, AT_THE_END)));
        bench.measure(shop.requests("canary", "200", 500));

        // when
        var needed = bench.passWithoutCompleteness(RUN_AND_GRACE);

        // then
        assertThat(needed).containsExactly(Bench.START.plus(RUN));
        assertThat(bench.verdicts()).isEmpty();
        bench.tell(new GateEvent.Complete(0, needed.getFirst()));
        assertThat(outcomes(bench)).containsExactly(Outcome.PASS);
    }

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
        assertThat(outcomes(bench)).containsExactly(Outcome.INCONCLUSIVE);
        assertThat(words(bench)).contains("partition 3 of rollout.metrics");
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
        assertThat(outcomes(bench)).containsExactly(Outcome.INCONCLUSIVE);
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
        assertThat(outcomes(bench)).containsExactly(Outcome.INCONCLUSIVE);
        assertThat(words(bench)).isEqualTo("error-rate: 99 of at least 100 samples");
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
        assertThat(outcomes(bench)).containsExactly(Outcome.INCONCLUSIVE);
        assertThat(words(bench)).contains("no http_requests from the canary", "queue_depth");
    }

    @Test
    @DisplayName("B10 sums that overflow to infinity decide nothing")
    void isInconclusiveOnInfinity() {
        // given
        var mean = Shop.query("depth", new Shop.Asked("mean", "queue_depth"), 10.0, null, 1, Evaluation.INTERVAL);
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, mean)));

        // when
        bench.measure(
                shop.value("canary", "queue_depth", Double.MAX_VALUE),
                shop.value("canary", "queue_depth", Double.MAX_VALUE));
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(outcomes(bench)).containsExactly(Outcome.INCONCLUSIVE);
        assertThat(bench.verdicts().getFirst().queries().getFirst().canary()).isNull();
    }

    @Test
    @DisplayName("B13 an analysis closed before any measurement has no verdict; one that ran without is inconclusive")
    void hasNoVerdictOnceClosed() {
        // given
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 3, AT_THE_END)));
        bench.pass(RUN_AND_GRACE);
        assertThat(outcomes(bench)).containsExactly(Outcome.INCONCLUSIVE);

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
    void anOlderSetOfAnalysesIsIgnored() {
        // given
        bench.open(shop.set(2));

        // when
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, AT_ONCE)));
        bench.measure(shop.requests("canary", "500", 500));

        // then
        assertThat(bench.verdicts()).isEmpty();
    }

    @Test
    @DisplayName("B26 an event far in the future or the past counts at its append time and closes nothing")
    void clampsTimes() {
        // given
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, AT_THE_END)));

        // when
        bench.measure(
                shop.requests("canary", "200", 100, bench.now().plus(Duration.ofDays(300)), null),
                shop.requests("canary", "200", 100, bench.now().minus(Duration.ofDays(300)), null),
                shop.requests("canary", "200", 100, bench.now().plus(Duration.ofSeconds(4)), null));

        // then
        assertThat(bench.lastTally()).isEqualTo(new Tally(3, 2, 0, 0, 0));
        assertThat(bench.verdicts()).as("broker time alone ends runs").isEmpty();
        bench.pass(RUN_AND_GRACE);
        assertThat(bench.verdicts().getFirst().queries().getFirst().samples().canary())
                .isEqualTo(300);
    }

    @Test
    @DisplayName("B26 an event a minute late still counts in the window of its own time")
    void honoursTimesUpToAMinuteLate() {
        // given
        bench.open(
                shop.set(1, shop.analysis("step-1", bench.now(), RUN, 2, Lookback.SLIDING, Duration.ZERO, AT_THE_END)));
        bench.pass(Duration.ofSeconds(45));

        // when
        bench.measure(shop.requests("canary", "500", 500, Bench.START.plusSeconds(10), null));
        bench.pass(RUN);

        // then
        assertThat(bench.verdicts().getLast().id()).endsWith("/2");
        assertThat(bench.verdicts().getLast().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void theSameIdCountsOnce() {
        // given
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, AT_THE_END)));

        // when
        var event = shop.requests("canary", "200", 60, null, "scrape-7");
        bench.measure(event, event);
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(bench.lastTally().repeated()).isEqualTo(1);
        assertThat(words(bench)).isEqualTo("error-rate: 60 of at least 100 samples");
    }

    @Test
    @DisplayName("B35 an event that was sent on twice counts once")
    void theSameOriginCountsOnce() {
        // given
        var arrival =
                new Arrival(shop.requests("canary", "200", 60), bench.now(), new Origin("rollout.metrics/3", 17, 0));

        // when
        bench.tell(new GateEvent.MetricsArrived(0, java.util.List.of(arrival, arrival), bench.now()));

        // then
        assertThat(bench.lastTally()).isEqualTo(new Tally(1, 0, 1, 0, 0));
    }

    @Test
    void revisionsAreMappedByTheRunningAnalysis() {
        // given
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, AT_THE_END)));

        // when
        bench.measure(
                shop.ofRevision("1.4.2", "200", 300),
                shop.ofRevision("1.4.1", "200", 900),
                shop.ofRevision("1.3.0", "500", 5000));
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(outcomes(bench)).containsExactly(Outcome.PASS);
        var samples = bench.verdicts().getFirst().queries().getFirst().samples();
        assertThat(samples).isEqualTo(new Verdict.Samples(300, 900));
        assertThat(bench.verdicts().getFirst().share().observed()).isEqualTo(25.0);
        assertThat(bench.lastTally().otherRevision()).isEqualTo(1);
    }

    @Test
    void eachRunHasOneVerdictAndTheNextComesAtItsTime() {
        // given
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 3, Lookback.SLIDING, Duration.ZERO, AT_ONCE)));

        // when
        bench.measure(shop.requests("canary", "500", 500));
        bench.measure(shop.requests("canary", "500", 500));
        bench.pass(RUN);
        bench.measure(shop.requests("canary", "200", 500));
        bench.pass(RUN_AND_GRACE);
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(bench.verdicts()).extracting(Verdict::run).containsExactly(1, 2, 3);
        assertThat(outcomes(bench)).containsExactly(Outcome.FAIL, Outcome.PASS, Outcome.INCONCLUSIVE);
    }

    @Test
    void aGrowingWindowKeepsWhatEarlierRunsSaw() {
        // given
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 10, AT_THE_END)));
        bench.measure(shop.requests("canary", "200", 600));

        // when
        for (int run = 1; run <= 10; run++) {
            bench.pass(RUN_AND_GRACE);
            bench.measure(shop.requests("canary", "200", 10));
        }

        // then
        assertThat(outcomes(bench)).hasSize(10).containsOnly(Outcome.PASS);
        assertThat(bench.verdicts().getLast().queries().getFirst().samples().canary())
                .isEqualTo(690);
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
        assertThat(outcomes(bench)).containsExactly(Outcome.PASS);
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
        assertThat(outcomes(bench)).containsExactly(Outcome.INCONCLUSIVE);
    }

    @Test
    @DisplayName("B06 after a restart no run is judged twice, and none is left out")
    void goesOnAfterARestart() {
        // given
        var restarted = new Bench();
        restarted.open(shop.set(1, shop.analysis("step-1", restarted.now(), RUN, 3, AT_THE_END)));
        restarted.tell(
                new VerdictKnown(new TargetKey(shop.application(), shop.target()), "r-shop/checkout/prod/step-1/1", 1));
        restarted.tell(new GateEvent.PartitionAssigned(0, Bench.START));

        // when
        restarted.measure(shop.requests("canary", "200", 500));
        restarted.pass(RUN.multipliedBy(2));
        assertThat(restarted.verdicts())
                .as("nothing leaves before the log is read")
                .isEmpty();
        restarted.pass(Duration.ofSeconds(1));
        restarted.tell(new GateEvent.CaughtUp(0));
        restarted.pass(RUN_AND_GRACE);

        // then
        assertThat(restarted.verdicts()).extracting(Verdict::run).containsExactly(2, 3);
    }

    @Test
    @DisplayName("B10 a window that begins before the log is inconclusive")
    void isInconclusiveBeforeTheLog() {
        // given
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, AT_ONCE)));
        bench.tell(new GateEvent.PartitionAssigned(0, Bench.START.plusSeconds(10)));
        bench.tell(new GateEvent.CaughtUp(0));

        // when
        bench.measure(shop.requests("canary", "200", 500), shop.requests("canary", "500", 500));
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(outcomes(bench)).containsExactly(Outcome.INCONCLUSIVE);
        assertThat(words(bench)).contains("no longer in the log");
    }

    @Test
    void anAnalysisFromLongAgoAsksForTheLog() {
        // given
        bench.measure(shop.requests("canary", "500", 500));
        bench.pass(Duration.ofMinutes(10));

        // when
        bench.open(shop.set(1, shop.analysis("step-1", Bench.START, RUN, 1, AT_ONCE)));

        // then
        assertThat(bench.decisions).contains(new Decision.RebuildNeeded(0, Bench.START));
        assertThat(bench.verdicts()).isEmpty();
    }

    @Test
    void aDryRunIsShownAndDecidesNothing() {
        // given
        var tried = new Query(
                "tried",
                AT_ONCE.ratio(),
                null,
                null,
                null,
                null,
                0.01,
                null,
                1,
                Evaluation.CONTINUOUS,
                null,
                null,
                null,
                true);
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, AT_THE_END, tried)));

        // when
        bench.measure(shop.requests("canary", "200", 985), shop.requests("canary", "500", 5));
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(outcomes(bench)).containsExactly(Outcome.PASS);
        assertThat(bench.verdicts().getFirst().queries()).hasSize(2);
    }

    @Test
    void anEarlyFailNamesOnlyTheQueriesThatWereJudged() {
        // given
        var depth = Shop.query("depth", new Shop.Asked("max", "queue_depth"), 10.0, null, 1, Evaluation.INTERVAL);
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, AT_ONCE, depth)));

        // when
        bench.measure(shop.requests("canary", "500", 500));

        // then
        assertThat(bench.verdicts().getFirst().queries())
                .singleElement()
                .extracting("name")
                .isEqualTo("error-rate");
    }

    @Test
    void anExpressionThatIsNoneIsAnError() {
        // given
        var broken = new Query.Selector("http_requests", java.util.Map.of("code", "5(("));
        var query = Shop.query("broken", new Query.Ratio(broken, broken), 0.01, null, 1, Evaluation.INTERVAL);
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, query)));

        // when
        bench.measure(shop.requests("canary", "200", 500));
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(outcomes(bench)).containsExactly(Outcome.ERROR);
        assertThat(words(bench)).contains("5((");
    }

    @Test
    @DisplayName("B25 series beyond the bounds are counted, and a verdict on that metric says so")
    void staysWithinItsBounds() {
        // given
        var small = new Bench(new Bounds(
                Duration.ofMillis(100), Duration.ofSeconds(70), Duration.ofMillis(500), 2, 1_000_000, 10, 100));
        small.open(shop.set(1, shop.analysis("step-1", small.now(), RUN, 1, AT_THE_END)));

        // when
        for (int code = 200; code < 300; code++) {
            small.measure(shop.requests("canary", Integer.toString(code), 500));
        }
        small.pass(RUN_AND_GRACE);

        // then
        assertThat(small.lastTally().overflowed()).isEqualTo(1);
        assertThat(outcomes(small)).containsExactly(Outcome.INCONCLUSIVE);
        assertThat(words(small)).contains("than the gate keeps");
    }

    private static java.util.List<Outcome> outcomes(Bench bench) {
        return bench.verdicts().stream().map(Verdict::outcome).toList();
    }

    private static String words(Bench bench) {
        return bench.verdicts().getFirst().queries().getFirst().words();
    }
}
