package dev.sluice.gate.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.Shop;
import dev.sluice.schemas.message.MetricEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cutting time into panes and merging them again must not change what a window comes to. */
class PanesTest {
    private static final Bounds BOUNDS = Bounds.DEFAULT;
    private static final long SPAN_MILLIS = 600_000;
    private static final long SEGMENT_MILLIS = 30_000;

    private record Timed(long millis, Sample sample) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void aWindowOfPanesIsTheSumOfItsEvents(long seed) {
        // given
        var random = new Random(seed);
        var budget = new Budget(10_000_000);
        var panes = new Panes();
        var events = new ArrayList<Timed>();

        // when
        for (long clock = 0; clock < SPAN_MILLIS; clock += random.nextInt(2000)) {
            var millis = Math.max(0, clock - random.nextInt(60_000));
            var timed = new Timed(
                    millis,
                    Sample.of(event(random), Instant.ofEpochMilli(millis), new Origin("rollout.metrics/0", clock, 0)));
            events.add(timed);
            assertThat(panes.add(timed.sample(), BOUNDS, budget, true)).isTrue();
            if (random.nextInt(10) == 0) {
                panes.tidy(0, BOUNDS.floor(clock - 70_000), at -> at / SEGMENT_MILLIS, random.nextInt(3) == 0, budget);
            }
        }

        // then
        for (int run = 0; run < 50; run++) {
            var start = random.nextInt(20) * SEGMENT_MILLIS;
            var end = start + (1 + random.nextInt(20)) * SEGMENT_MILLIS;
            compare(panes, events, new Window(start, end, true));
        }
        assertThat(panes.paneCount()).isLessThan(events.size() / 2);
        assertThat(budget.left()).isEqualTo(10_000_000 - panes.cells());
    }

    private static void compare(Panes panes, List<Timed> events, Window window) {
        var total = new Aggregate();
        assertThat(panes.addTo(total, window.startMillis(), window.endMillis())).isTrue();
        var direct = new Aggregate();
        events.stream()
                .filter(timed -> timed.millis() >= window.startMillis() && timed.millis() < window.endMillis())
                .forEach(timed -> direct.add(timed.sample()));
        assertThat(total.events()).isCloseTo(direct.events(), Offset.offset(1e-6));
        assertThat(total.values()).isEqualTo(direct.values());
        if (direct.values() > 0) {
            assertThat(total.max()).isEqualTo(direct.max());
            assertThat(total.mean()).isCloseTo(direct.mean(), Offset.offset(1e-9));
            assertThat(total.distribution().quantile(0.9).value())
                    .isCloseTo(direct.distribution().quantile(0.9).value(), Offset.offset(1e-6));
        }
    }

    private static MetricEvent event(Random random) {
        var shop = Shop.named("shop/random");
        return switch (random.nextInt(3)) {
            case 0 -> shop.requests("canary", "200", random.nextInt(100));
            case 1 -> shop.value("canary", "m", random.nextGaussian() * 100);
            default ->
                shop.histogram(
                        "canary",
                        "m",
                        List.of(5.0, 10.0, 50.0),
                        List.of(
                                random.nextInt(9) * 1.0,
                                random.nextInt(9) * 1.0,
                                random.nextInt(9) * 1.0,
                                random.nextInt(9) * 1.0));
        };
    }
}
