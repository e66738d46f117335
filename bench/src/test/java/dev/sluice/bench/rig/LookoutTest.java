package dev.sluice.bench.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LookoutTest {
    private static final Duration SOON = Duration.ofMillis(10);

    private final Lookout lookout = new Lookout();

    @Test
    void theFirstSightingCounts() throws InterruptedException {
        // given
        var expected = lookout.expect(Awaited.split("bench/app-001", 10));

        // when
        lookout.seen(new Sighting.Split("bench/app-001", 5, 1));
        lookout.seen(new Sighting.Split("bench/app-001", 10, 2));
        lookout.seen(new Sighting.Split("bench/app-001", 10, 3));

        // then
        assertThat(expected.await().nanos()).isEqualTo(2);
    }

    @Test
    void anotherApplicationIsNotMeant() throws InterruptedException {
        // given
        var expected = lookout.expect(Awaited.split("bench/app-001", 10));

        // when
        lookout.seen(new Sighting.Split("bench/app-002", 10, 1));

        // then
        assertThat(expected.within(SOON)).isEmpty();
    }

    @Test
    void nothingIsKeptThatNobodyWaitsFor() throws InterruptedException {
        // given
        var seen = lookout.expect(Awaited.split("bench/app-001", 10));
        var missed = lookout.expect(Awaited.split("bench/app-001", 20));
        lookout.seen(new Sighting.Split("bench/app-001", 10, 1));
        assertThat(lookout.isExpecting("bench/app-001")).isTrue();

        // when
        seen.await();
        missed.within(SOON);

        // then
        assertThat(lookout.isExpecting("bench/app-001")).isFalse();
    }

    @Test
    void whoeverWaitsIsToldThatTheWatchHasEnded() {
        // given
        var expected = lookout.expect(Awaited.split("bench/app-001", 10));

        // when
        lookout.gone("the watch ended");

        // then
        assertThatThrownBy(expected::await)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("the watch ended", "bench/app-001");
    }
}
