package dev.sluice.gate.core;

import static dev.sluice.gate.core.Bench.AT_THE_END;
import static dev.sluice.gate.core.Bench.RUN;
import static dev.sluice.gate.core.Bench.RUN_AND_GRACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.Shop;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.AnalysisSpec.Lookback;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventsTest {
    private final Bench bench = new Bench();
    private final Shop shop = Shop.named("shop/checkout");

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
        assertThat(bench.words()).isEqualTo("error-rate: 60 of at least 100 samples");
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
        assertThat(bench.outcomes()).containsExactly(Outcome.PASS);
        var samples = bench.verdicts().getFirst().queries().getFirst().samples();
        assertThat(samples).isEqualTo(new Verdict.Samples(300, 900));
        assertThat(bench.verdicts().getFirst().share().observed()).isEqualTo(25.0);
        assertThat(bench.lastTally().otherRevision()).isEqualTo(1);
    }

    @Test
    @DisplayName("B25 series beyond the bounds are counted, and a verdict on that metric says so")
    void staysWithinItsBounds() {
        // given
        var small = new Bench(new Bounds(
                Duration.ofMillis(100),
                Duration.ofSeconds(70),
                Duration.ofHours(1),
                Duration.ofMillis(500),
                2,
                1_000_000,
                10,
                100));
        small.open(shop.set(1, shop.analysis("step-1", small.now(), RUN, 1, AT_THE_END)));

        // when
        for (int code = 200; code < 300; code++) {
            small.measure(shop.requests("canary", Integer.toString(code), 500));
        }
        small.pass(RUN_AND_GRACE);

        // then
        assertThat(small.lastTally().overflowed()).isEqualTo(1);
        assertThat(small.outcomes()).containsExactly(Outcome.INCONCLUSIVE);
        assertThat(small.words()).contains("than the gate keeps");
    }
}
