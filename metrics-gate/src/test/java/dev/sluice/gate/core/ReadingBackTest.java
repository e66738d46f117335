package dev.sluice.gate.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.Shop;
import dev.sluice.gate.core.Decision.Counted;
import dev.sluice.gate.core.GateEvent.CaughtUp;
import dev.sluice.gate.core.GateEvent.MetricsArrived;
import dev.sluice.gate.core.GateEvent.PartitionAssigned;
import dev.sluice.gate.core.GateEvent.TimeReached;
import dev.sluice.schemas.message.Verdict.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Ten minutes of ten events a second for each of five services, read back after a rebalance. */
class ReadingBackTest {
    private static final int SECONDS = 600;
    private static final int PER_SECOND = 10;
    private static final Bounds BOUNDS = new Bounds(
            Duration.ofMillis(100),
            Duration.ofSeconds(70),
            Duration.ofHours(1),
            Duration.ofMillis(500),
            100,
            // three quarters of what the panes would take if none were merged
            5 * SECONDS * PER_SECOND * Panes.PANE_CELLS * 3 / 4,
            10,
            100);

    private final List<Shop> shops =
            IntStream.range(0, 5).mapToObj(i -> Shop.named("shop/service-" + i)).toList();
    private final Instant end = Bench.START.plusSeconds(SECONDS);
    private final Bench bench = new Bench(BOUNDS);
    private long offset;

    @Test
    @DisplayName("windows that are read back find room, although a tick that was read first has told a later time")
    void mergesWhileTheClockStandsStill() {
        // given
        bench.open(shops.getFirst()
                .set(1, shops.getFirst().analysis("step-1", Bench.START, Duration.ofMinutes(20), 1, Bench.AT_ONCE)));
        bench.tell(new PartitionAssigned(0, Instant.EPOCH, Bench.START));
        bench.tell(new MetricsArrived(0, List.of(), end));

        // when
        for (var second = 0; second < SECONDS; second++) {
            bench.tell(eventsOf(Bench.START.plusSeconds(second)));
        }

        // then
        assertThat(bench.decisions.stream()
                        .filter(Counted.class::isInstance)
                        .mapToLong(counted -> ((Counted) counted).tally().overflowed())
                        .sum())
                .isZero();

        // when
        bench.tell(new CaughtUp(0));
        bench.tell(new TimeReached(0, end));

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.FAIL);
        assertThat(bench.words()).contains("5xx 100 % of 6,000 requests");
    }

    @Test
    @DisplayName(
            "nothing is charged twice: a partition that is to be read back has given back all that its windows took")
    void givesBackAllThatItTook() {
        // given
        var budget = new Budget(BOUNDS.cells());
        var state = new PartitionState(0, BOUNDS, budget, key -> null, key -> false, Instant.EPOCH, Instant.EPOCH);
        state.advance(end);
        for (var second = 0; second < 100; second++) {
            var at = Bench.START.plusSeconds(second);
            var intake = new Intake(state, second + 1);
            for (var shop : shops) {
                for (var event : List.of(
                        shop.requests("canary", "200", 1, null, "id-" + second),
                        shop.value("canary", "depth", second),
                        shop.histogram("stable", "latency_ms", List.of(10.0 + second % 9), List.of(1.0, 2.0)))) {
                    var arrival = new Arrival(event, at, new Origin("rollout.metrics/0", offset++, 0));
                    intake.take(arrival.sample(), new ArrayList<>());
                }
            }
            state.tidyAfter(1_000, at);
        }
        assertThat(budget.left()).isLessThan(BOUNDS.cells() - 1_000);

        // when
        state.release();

        // then
        assertThat(budget.left()).isEqualTo(BOUNDS.cells());
    }

    private MetricsArrived eventsOf(Instant second) {
        var arrivals = new ArrayList<Arrival>();
        for (var tenth = 0; tenth < PER_SECOND; tenth++) {
            var at = second.plusMillis(100L * tenth);
            for (var shop : shops) {
                var origin = new Origin("rollout.metrics/0", offset++, 0);
                arrivals.add(new Arrival(shop.requests("canary", "500", 1), at, origin));
            }
        }
        return new MetricsArrived(0, arrivals, second.plusSeconds(1));
    }
}
