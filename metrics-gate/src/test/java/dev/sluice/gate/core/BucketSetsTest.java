package dev.sluice.gate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.gate.Shop;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Rule;
import dev.sluice.schemas.rollout.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Buckets that come one by one, as Prometheus sends them, are the histogram that they were. */
class BucketSetsTest {
    private static final Shop SHOP = Shop.named("shop/checkout");
    private static final Duration SCRAPE = Duration.ofSeconds(5);
    private static final List<String> BOUNDS = List.of("0.1", "0.5", "1", "+Inf");
    private static final Query SLOW =
            Shop.query("slow", new Question.Over(Selector.of("seconds"), 0.5), 0.1, null, 1, Evaluation.INTERVAL);

    private final Bench bench = new Bench();

    /** @param totals of all that was at most each of the bounds; null for one that doesn't come */
    private void scrape(List<String> bounds, Integer... totals) {
        scrape("canary", "pod-1", bounds, totals);
    }

    private void scrape(String variant, String pod, List<String> bounds, Integer... totals) {
        for (int i = 0; i < bounds.size(); i++) {
            if (totals[i] != null) {
                bench.measure(bucket(variant, pod, bounds.get(i), totals[i]));
            }
        }
        bench.pass(SCRAPE);
    }

    private MetricEvent bucket(String variant, String pod, String bound, double total) {
        return bucket(variant, pod, bound, total, bench.now());
    }

    private static MetricEvent bucket(String variant, String pod, String bound, double total, Instant at) {
        return new MetricEvent(
                SHOP.application(),
                SHOP.target(),
                variant,
                null,
                "seconds_bucket",
                at,
                null,
                null,
                null,
                total,
                null,
                null,
                null,
                null,
                Map.of("le", bound),
                pod,
                null);
    }

    private void open() {
        bench.open(SHOP.set(1, SHOP.analysis("step-1", bench.now(), Bench.RUN, 1, SLOW)));
    }

    private void ends(Outcome outcome, long samples) {
        bench.pass(Bench.RUN_AND_GRACE);
        assertThat(bench.outcomes()).containsExactly(outcome);
        assertThat(bench.verdicts().getFirst().queries().getFirst().samples().canary())
                .isEqualTo(samples);
    }

    @Test
    void isAHistogramOfWhatCameBetweenTwoScrapes() {
        // given
        open();

        // when
        scrape(BOUNDS, 100, 200, 200, 1000);
        scrape(BOUNDS, 150, 290, 295, 1100);

        // then: 10 of 100 took longer than half a second, more than that fails
        ends(Outcome.PASS, 100);
        assertThat(bench.verdicts().getFirst().queries().getFirst().canary()).isEqualTo(0.1, within(1e-9));
    }

    @Test
    void aScrapeThatLacksABucketIsMadeUpForByTheNext() {
        // given
        open();

        // when
        scrape(BOUNDS, 100, 200, 200, 1000);
        scrape(BOUNDS, 150, null, 295, 1100);
        scrape(BOUNDS, 150, 380, 390, 1200);

        // then
        ends(Outcome.PASS, 200);
        assertThat(bench.verdicts().getFirst().queries().getFirst().canary()).isEqualTo(0.1, within(1e-9));
    }

    @Test
    void aProcessThatBeganAnewCountsFromItsBeginning() {
        // given
        open();

        // when: the narrowest bucket alone would look as if it had grown
        scrape(BOUNDS, 1, 10, 10, 10);
        scrape(BOUNDS, 4, 6, 6, 6);

        // then
        ends(Outcome.PASS, 6);
    }

    @Test
    void otherBoundsTellNothingUntilTheyHaveComeAgain() {
        // given
        var others = List.of("0.25", "0.5", "+Inf");
        open();

        // when
        scrape(BOUNDS, 100, 200, 200, 1000);
        scrape(others, 100, 200, 1500);
        scrape(others, 200, 300, 1600);
        scrape(others, 300, 400, 1700);

        // then: the first of them is what the next are compared with
        ends(Outcome.PASS, 100 + 100);
    }

    @Test
    void bucketsThatContradictEachOtherTellNothing() {
        // given
        open();

        // when
        scrape(BOUNDS, 100, 200, 200, 1000);
        scrape(BOUNDS, 150, 140, 295, 1100);

        // then
        ends(Outcome.INCONCLUSIVE, 0);
    }

    @Test
    void withoutTheOverflowNothingIsKnown() {
        // given
        open();

        // when
        scrape(BOUNDS, 100, 200, 200, null);
        scrape(BOUNDS, 150, 290, 295, null);

        // then
        ends(Outcome.INCONCLUSIVE, 0);
    }

    @Test
    void theCountsByBoundAreStillThere() {
        // given
        var fast = new Query(
                "fast",
                new Question.Count(new Selector("seconds_bucket", Map.of("le", "=0.5"))),
                new Rule.Limits(1e9, null),
                Evaluation.INTERVAL);
        bench.open(SHOP.set(1, SHOP.analysis("step-1", bench.now(), Bench.RUN, 1, fast)));

        // when
        scrape(BOUNDS, 100, 200, 200, 1000);
        scrape(BOUNDS, 150, 290, 295, 1100);

        // then
        ends(Outcome.PASS, 90);
    }

    /** In whatever order they come, from two servers, of several pods, with some lost: never more than there was, and all but the first where none is lost. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void neverTellsWhatWasNot(long seed) {
        // given
        var random = new Random(seed);
        var losses = seed % 2 == 0;
        open();
        var slow = new HashMap<String, int[]>();
        var first = new HashMap<String, int[]>();

        // when
        for (int scrape = 0; scrape < 5; scrape++) {
            for (var pod : List.of("a", "b")) {
                var totals = slow.computeIfAbsent(pod, p -> new int[] {1000, 2000, 2000, 2000});
                for (int i = random.nextInt(50); i > 0; i--) {
                    var at = random.nextInt(4);
                    for (int bound = at; bound < 4; bound++) {
                        totals[bound]++;
                    }
                }
                first.putIfAbsent(pod, totals.clone());
                var events = new ArrayList<MetricEvent>();
                for (int i = 0; i < 4; i++) {
                    if (!losses || random.nextInt(10) > 0) {
                        events.add(bucket("canary", pod, BOUNDS.get(i), totals[i]));
                        events.add(bucket("canary", pod, BOUNDS.get(i), totals[i]));
                    }
                }
                Collections.shuffle(events, random);
                bench.measure(events.toArray(MetricEvent[]::new));
            }
            bench.pass(SCRAPE);
        }
        bench.pass(Bench.RUN_AND_GRACE);

        // then
        var all = slow.entrySet().stream()
                .mapToLong(pod -> pod.getValue()[3] - first.get(pod.getKey())[3])
                .sum();
        var samples = bench.verdicts().getFirst().queries().getFirst().samples().canary();
        if (losses) {
            assertThat(samples).isBetween(0L, all);
        } else {
            assertThat(samples).isEqualTo(all);
        }
    }
}
