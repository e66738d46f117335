package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimingsTest {
    private final Timings timings = new Timings();

    @Test
    void aQuantileIsADurationThatWasMeasured() {
        // given
        for (long millis = 100; millis >= 1; millis--) {
            timings.add(TimeUnit.MILLISECONDS.toNanos(millis));
        }

        // when // then
        assertThat(timings.millis(0.5)).isEqualTo(50);
        assertThat(timings.millis(0.99)).isEqualTo(99);
        assertThat(timings.millis(1)).isEqualTo(100);
    }

    @Test
    void theOnlyDurationIsEveryQuantile() {
        // given
        timings.add(1_500_000);

        // when // then
        assertThat(timings.millis(0.5)).isEqualTo(1.5);
        assertThat(timings.millis(0.99)).isEqualTo(1.5);
    }

    @Test
    void theMiddleOfAnOddNumberIsTheMedian() {
        // given
        timings.add(3_000_000);
        timings.add(1_000_000);
        timings.add(2_000_000);

        // when // then
        assertThat(timings.millis(0.5)).isEqualTo(2);
    }

    @Test
    void nothingMeasuredHasNoQuantiles() {
        assertThatThrownBy(() -> timings.millis(0.5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aQuantileIsAShare() {
        // given
        timings.add(1);

        // when // then
        assertThatThrownBy(() -> timings.millis(99)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> timings.millis(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
