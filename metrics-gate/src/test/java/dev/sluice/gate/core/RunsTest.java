package dev.sluice.gate.core;

import static dev.sluice.gate.core.Bench.AT_ONCE;
import static dev.sluice.gate.core.Bench.AT_THE_END;
import static dev.sluice.gate.core.Bench.RUN;
import static dev.sluice.gate.core.Bench.RUN_AND_GRACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.Shop;
import dev.sluice.gate.core.GateEvent.VerdictKnown;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.AnalysisSpec.Lookback;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RunsTest {
    private final Bench bench = new Bench();
    private final Shop shop = Shop.named("shop/checkout");

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
        assertThat(bench.outcomes()).containsExactly(Outcome.FAIL, Outcome.PASS, Outcome.INCONCLUSIVE);
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
        assertThat(bench.outcomes()).hasSize(10).containsOnly(Outcome.PASS);
        assertThat(bench.verdicts().getLast().queries().getFirst().samples().canary())
                .isEqualTo(690);
    }

    @Test
    void aSlidingWindowKeepsItsFirstEventsBesideAnAnalysisThatLooksBackFurther() {
        // given
        var three = Duration.ofMinutes(3);
        var twenty = Duration.ofMinutes(20);
        bench.open(shop.set(
                1,
                shop.analysis("long", bench.now(), twenty, 1, AT_THE_END),
                shop.analysis("sliding", bench.now(), three, 3, Lookback.SLIDING, Duration.ZERO, AT_THE_END)));
        bench.pass(three.minusMillis(200));
        bench.measure(shop.requests("canary", "200", 200));
        bench.pass(Duration.ofMillis(400));
        bench.measure(shop.requests("canary", "200", 600));

        // when
        for (int i = 0; i < 6; i++) {
            bench.pass(Duration.ofSeconds(30));
            bench.measure(shop.requests("canary", "200", 1));
        }
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(bench.verdicts())
                .filteredOn(verdict -> verdict.run() == 2)
                .singleElement()
                .satisfies(verdict -> assertThat(
                                verdict.queries().getFirst().samples().canary())
                        .isEqualTo(605));
    }

    @Test
    @DisplayName("B25: a verdict whose run can't be one takes no memory")
    void believesNoMadRunNumber() {
        // given
        var watched = new Bench();
        watched.open(shop.set(1, shop.analysis("background", watched.now(), RUN, 0, AT_THE_END)));
        var mad = new VerdictKnown(
                new TargetKey(shop.application(), shop.target()),
                "r-shop/checkout/prod/background/1",
                Integer.MAX_VALUE);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        var before = threads.getCurrentThreadAllocatedBytes();

        // when
        watched.tell(mad);

        // then
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000_000);
    }

    @Test
    @DisplayName("B06 after a restart no run is judged twice, and none is left out")
    void goesOnAfterARestart() {
        // given
        var restarted = new Bench();
        restarted.open(shop.set(1, shop.analysis("step-1", restarted.now(), RUN, 3, AT_THE_END)));
        restarted.tell(
                new VerdictKnown(new TargetKey(shop.application(), shop.target()), "r-shop/checkout/prod/step-1/1", 1));
        restarted.tell(new GateEvent.PartitionAssigned(0, Bench.START, Bench.START));

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
    @DisplayName(
            "B10: an analysis of what was before the reading began asks for the log, however little time has passed")
    void anAnalysisFromBeforeTheReadingAsksForTheLog() {
        // given
        bench.tell(new GateEvent.PartitionAssigned(0, Instant.EPOCH, Bench.START.plusMillis(100)));
        bench.measure(shop.requests("canary", "200", 500));

        // when
        bench.open(shop.set(1, shop.analysis("step-1", Bench.START, RUN, 1, AT_ONCE)));

        // then
        assertThat(bench.decisions).contains(new Decision.RebuildNeeded(0, Bench.START));

        // when
        bench.tell(new GateEvent.CaughtUp(0));
        bench.decisions.clear();
        bench.open(shop.set(2, shop.analysis("step-2", Bench.START, RUN, 1, AT_ONCE)));

        // then
        assertThat(bench.decisions).contains(new Decision.RebuildNeeded(0, Bench.START));
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
}
