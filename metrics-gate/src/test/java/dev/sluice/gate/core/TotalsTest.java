package dev.sluice.gate.core;

import static dev.sluice.gate.core.Bench.AT_THE_END;
import static dev.sluice.gate.core.Bench.RUN;
import static dev.sluice.gate.core.Bench.RUN_AND_GRACE;
import static dev.sluice.gate.core.Bench.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.Shop;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.MetricEvent.Histogram;
import dev.sluice.schemas.message.Verdict.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TotalsTest {
    private static final Duration REACH = Duration.ofMinutes(2);
    private static final Bounds BOUNDS = new Bounds(
            Duration.ofMillis(100),
            Duration.ofSeconds(70),
            Duration.ofHours(1),
            Duration.ofMillis(500),
            1000,
            6_000_000,
            10_000,
            100,
            REACH);

    private final Budget budget = new Budget(100_000);
    private final Totals totals = new Totals(BOUNDS, START.toEpochMilli(), budget);

    @Test
    @DisplayName("The first total of a counter tells nothing, the next what it has grown by")
    void takesTheIncrease() {
        assertThat(take(at(10), 5000)).isNull();
        assertThat(take(at(25), 5007)).isEqualTo(7);
        assertThat(take(at(40), 5007)).isEqualTo(0);
        assertThat(take(at(55), 5010.5)).isEqualTo(3.5);
    }

    @Test
    void aTotalSmallerThanTheLastBeganAnew() {
        take(at(10), 5000);

        assertThat(take(at(25), 12)).isEqualTo(12);
        assertThat(take(at(40), 13)).isEqualTo(1);
    }

    @Test
    @DisplayName("A counter that began lately, as it says, has grown by all of its first total")
    void aFreshProcessCountsFromItsBeginning() {
        assertThat(take(at(60), 40, at(50))).isEqualTo(40);
        assertThat(take(at(75), 41, at(50))).isEqualTo(1);
    }

    @Test
    @DisplayName("A whole total of a process that has long been running is never an increase")
    void anOldProcessDoesNot() {
        // then
        assertThat(take("pod-1", at(60), 40, at(-1))).as("before what is known").isNull();
        assertThat(take("pod-2", at(600), 40, at(60))).as("out of reach").isNull();
        assertThat(take("pod-3", at(60), 40, at(61))).as("from the future").isNull();
    }

    @Test
    void aLaterBeginningIsANewProcess() {
        take(at(10), 5000, at(5));

        assertThat(take(at(25), 6000, at(12))).isEqualTo(6000);
    }

    @Test
    @DisplayName("Two processes by one name never make increases of their totals")
    void aBeginningBeforeTheLastTotalIsAnotherProcess() {
        // given
        take(at(10), 5000, at(5));

        // then
        assertThat(take(at(11), 9000, at(7))).isNull();
        assertThat(take(at(25), 5010, at(5))).isNull();
        assertThat(take(at(26), 9020, at(7))).isNull();
    }

    @Test
    @DisplayName("Two counters by one name and one beginning never make an increase of the difference between them")
    void aSmallerTotalOfTheSameBeginningTellsNothing() {
        take(at(10), 5000, at(5));

        assertThat(take(at(25), 4000, at(5))).isNull();
        assertThat(take(at(40), 5001, at(5))).isEqualTo(1);
        assertThat(take(at(55), 4002, at(5))).isNull();
    }

    @Test
    @DisplayName("B25 counters that no query asks for leave a quarter of the room to those that one asks for")
    void unaskedOnesLeaveRoom() {
        // given
        var few = new Totals(
                new Bounds(
                        Duration.ofMillis(100),
                        Duration.ofSeconds(70),
                        Duration.ofHours(1),
                        Duration.ofMillis(500),
                        2,
                        6_000_000,
                        10_000,
                        100,
                        REACH),
                0,
                budget);

        // when
        var pod = 0;
        for (; few.hasRoomFor(total("pod-" + pod, at(1), at(1), 1, null, null), false); pod++) {
            few.increase(total("pod-" + pod, at(1), at(1), 1, null, null), false);
            assertThat(pod).isLessThan(40);
        }

        // then
        assertThat(pod).isPositive();
        assertThat(few.hasRoomFor(total("asked", at(1), at(1), 1, null, null), true))
                .isTrue();
    }

    @Test
    @DisplayName("What a pair of Prometheus servers says twice counts once, and so does what comes late")
    void repeatsCountOnce() {
        // given
        take(at(10), 100);

        // then
        assertThat(take(at(25), 110)).isEqualTo(10);
        assertThat(take(at(25), 110)).isNull();
        assertThat(take(at(10), 100)).isNull();
        assertThat(take(at(17), 105)).isNull();
        assertThat(take(at(40), 130)).isEqualTo(20);
    }

    @Test
    void aClockThatWasPutRightIsFollowed() {
        // given
        take(at(3600), at(10), 100);

        // then
        assertThat(take(at(25), 110)).isNull();
        assertThat(take(at(40), 115)).isEqualTo(5);
    }

    @Test
    void processesAndCountersAreKeptApart() {
        // given
        take("pod-1", at(10), 1000, null);
        take("pod-2", at(10), 20, null);
        totals.increase(total("pod-2", at(10), at(10), 7, null, IdHash.of("GET")), true);

        // then
        assertThat(take("pod-1", at(25), 1001, null)).isEqualTo(1);
        assertThat(take("pod-2", at(25), 22, null)).isEqualTo(2);
        assertThat(totals.increase(total("pod-2", at(25), at(25), 10, null, IdHash.of("GET")), true)
                        .number())
                .isEqualTo(3);
    }

    @Test
    @DisplayName("What is forgotten gives its memory back, and its total is never counted again")
    void forgets() {
        // given
        var before = budget.left();
        assertThat(take(at(60), 40, at(50))).isEqualTo(40);

        // when
        totals.forgetBefore(at(60).plus(REACH).toEpochMilli());
        assertThat(totals.isEmpty()).isFalse();
        totals.forgetBefore(at(61).plus(REACH).toEpochMilli());

        // then
        assertThat(totals.isEmpty()).isTrue();
        assertThat(budget.left()).isEqualTo(before);
        assertThat(take(at(62), 41, at(50))).isNull();
        totals.release();
        assertThat(budget.left()).isEqualTo(before);
    }

    @Test
    @DisplayName("B25 counters beyond the bounds are refused, not half counted")
    void isBounded() {
        // given
        var small = new Totals(
                new Bounds(
                        Duration.ofMillis(100),
                        Duration.ofSeconds(70),
                        Duration.ofHours(1),
                        Duration.ofMillis(500),
                        2,
                        6_000_000,
                        10_000,
                        100,
                        REACH),
                0,
                budget);

        // when
        for (int pod = 0; small.hasRoomFor(total("pod-" + pod, at(1), at(1), 1, null, null), true); pod++) {
            small.increase(total("pod-" + pod, at(1), at(1), 1, null, null), true);
            assertThat(pod).isLessThan(40);
        }

        // then
        assertThat(small.hasRoomFor(total("pod-0", at(2), at(2), 1, null, null), true))
                .isTrue();
        var poor = new Totals(BOUNDS, 0, new Budget(10));
        assertThat(poor.hasRoomFor(total("pod-0", at(1), at(1), 1, null, null), true))
                .isFalse();
    }

    @Test
    @DisplayName("Whatever comes twice, late or not at all, no more is counted than has happened")
    void neverCountsTooMuch() {
        for (int seed = 0; seed < 200; seed++) {
            // given
            var random = new Random(seed);
            var mine = new Totals(BOUNDS, START.toEpochMilli(), new Budget(1_000_000));
            double happened = 0;
            double counted = 0;
            double counter = random.nextInt(100_000);
            var beginning = at(-100);
            var says = random.nextBoolean();
            TotalSample before = null;

            // when
            for (int second = 0; second < 600; second += 1 + random.nextInt(20)) {
                if (random.nextInt(12) == 0) {
                    counter = 0;
                    beginning = at(second);
                }
                var grown = random.nextInt(50);
                counter += grown;
                happened += grown;
                var now = at(second).plusMillis(500);
                var sample = total("pod-1", now, now, counter, says ? beginning : null, null);
                if (random.nextInt(8) != 0) {
                    counted += number(mine.increase(sample, true));
                }
                if (before != null && random.nextInt(3) == 0) {
                    counted += number(mine.increase(before, true));
                }
                before = sample;
            }

            // then
            assertThat(counted).as("seed " + seed).isLessThanOrEqualTo(happened).isPositive();
        }
    }

    @Test
    @DisplayName("B12 totals of every process add up in one series, and the verdict is as if they were counts")
    void areJudged() {
        // given
        var bench = new Bench(BOUNDS);
        var shop = Shop.named("shop/totals");
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, AT_THE_END)));
        bench.measure(event(bench, "200", "pod-1", 70_000), event(bench, "200", "pod-2", 1000));
        bench.measure(event(bench, "500", "pod-1", 30_000));
        assertThat(bench.lastTally().withoutIncrease()).isEqualTo(1);

        // when
        bench.pass(Duration.ofSeconds(15));
        bench.measure(event(bench, "200", "pod-1", 70_098), event(bench, "200", "pod-2", 1100));
        bench.measure(event(bench, "500", "pod-1", 30_002));
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.PASS);
        assertThat(bench.words()).contains("1 %").contains("of 200 requests");
    }

    @Test
    void bucketsGrowAsCountersDo() {
        // given
        var first = buckets(at(10), List.of(1.0, 2.0), List.of(5.0, 6.0, 7.0));
        assertThat(totals.increase(first, true)).isNull();

        // then
        var grown = totals.increase(buckets(at(25), List.of(1.0, 2.0), List.of(5.0, 9.0, 8.0)), true);
        assertThat(grown.histogram().counts).containsExactly(0, 3, 1);
        var anew = totals.increase(buckets(at(40), List.of(1.0, 2.0), List.of(5.0, 10.0, 7.0)), true);
        assertThat(anew.histogram().counts).containsExactly(5, 10, 7);
        assertThat(totals.increase(buckets(at(55), List.of(1.0, 3.0), List.of(5.0, 10.0, 9.0)), true))
                .as("other bounds")
                .isNull();
        assertThat(totals.increase(buckets(at(70), List.of(1.0, 3.0), List.of(5.0, 11.0, 9.0)), true)
                        .histogram()
                        .counts)
                .containsExactly(0, 1, 0);
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    private static double number(Sample increase) {
        return increase == null ? 0 : increase.number();
    }

    private Double take(Instant time, double total) {
        return take("pod-1", time, total, null);
    }

    private Double take(Instant time, double total, Instant since) {
        return take("pod-1", time, total, since);
    }

    private Double take(Instant time, Instant appended, double total) {
        return number(total("pod-1", time, appended, total, null, null));
    }

    private Double take(String pod, Instant time, double total, Instant since) {
        return number(total(pod, time, time, total, since, null));
    }

    private Double number(TotalSample sample) {
        assertThat(totals.hasRoomFor(sample, true)).isTrue();
        var increase = totals.increase(sample, true);
        return increase == null ? null : increase.number();
    }

    private static TotalSample total(
            String pod, Instant time, Instant appended, double total, Instant since, IdHash counter) {
        var event = new MetricEvent(
                "shop/totals",
                "prod",
                "canary",
                null,
                "http_requests",
                time,
                null,
                null,
                null,
                total,
                null,
                since,
                null,
                null,
                Map.of("code", "200"),
                pod,
                null);
        return (TotalSample) Sample.of(event, appended, new Origin("otlp_metrics/0", 0, 0), counter);
    }

    private static TotalSample buckets(Instant time, List<Double> bounds, List<Double> counts) {
        var event = new MetricEvent(
                "shop/totals",
                "prod",
                "canary",
                null,
                "http_latency",
                time,
                null,
                null,
                null,
                null,
                new Histogram(bounds, counts),
                null,
                null,
                null,
                Map.of(),
                "pod-1",
                null);
        return (TotalSample) Sample.of(event, time, new Origin("otlp_metrics/0", 0, 0));
    }

    private static MetricEvent event(Bench bench, String code, String pod, double total) {
        return new MetricEvent(
                "shop/totals",
                "prod",
                "canary",
                null,
                "http_requests",
                bench.now(),
                null,
                null,
                null,
                total,
                null,
                null,
                null,
                null,
                Map.of("code", code),
                pod,
                null);
    }
}
