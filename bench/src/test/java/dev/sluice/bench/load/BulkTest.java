package dev.sluice.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.bench.Timings;
import dev.sluice.bench.rig.Awaited;
import dev.sluice.bench.rig.Lookout;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BulkTest {
    private final Lookout lookout = new Lookout();

    @Test
    void theRateIsThatUntilTheLastOne() {
        // given
        var timings = new Timings();
        List.of(1, 2, 4).forEach(seconds -> timings.add(TimeUnit.SECONDS.toNanos(seconds)));

        // when
        var bulk = new Bulk(timings, 0);

        // then
        assertThat(bulk.seconds(0.5)).isEqualTo(2);
        assertThat(bulk.seconds(1)).isEqualTo(4);
        assertThat(bulk.perSecond()).isEqualTo(0.75);
    }

    @Test
    void nothingSeenIsNoResult() {
        // given
        var never = List.of(lookout.expect(Awaited.split("bench/app-001", 10)));

        // when // then
        assertThatThrownBy(() -> Bulk.await(never, System.nanoTime(), Duration.ofMillis(10)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("none of 1");
    }
}
