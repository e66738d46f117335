package dev.sluice.gate.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.core.Distribution.Quantile;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionTest {
    @Test
    void interpolatesInsideABucket() {
        // given
        var distribution = new Distribution(List.of(buckets(new double[] {10, 20}, 50, 50, 0)));

        // then
        assertThat(distribution.quantile(0.5)).isEqualTo(new Quantile(10, false));
        assertThat(distribution.quantile(0.75)).isEqualTo(new Quantile(15, false));
        assertThat(distribution.quantile(0.25)).isEqualTo(new Quantile(5, false));
    }

    @Test
    void knowsOnlyALowerBoundInTheOverflow() {
        // given
        var distribution = new Distribution(List.of(buckets(new double[] {10, 20}, 50, 30, 20)));

        // then
        assertThat(distribution.quantile(0.8)).isEqualTo(new Quantile(20, false));
        assertThat(distribution.quantile(0.81)).isEqualTo(new Quantile(20, true));
    }

    @Test
    void takesDifferentBoundsTogether() {
        // given
        var coarse = buckets(new double[] {10}, 100, 0);
        var fine = buckets(new double[] {5, 10, 20}, 0, 0, 100, 0);

        // when
        var together = new Distribution(List.of(coarse, fine));

        // then
        assertThat(together.quantile(0.25).value()).isCloseTo(5, Offset.offset(1e-9));
        assertThat(together.quantile(0.5).value()).isCloseTo(10, Offset.offset(1e-9));
        assertThat(together.quantile(0.75).value()).isCloseTo(15, Offset.offset(1e-9));
    }

    @Test
    void anOverflowBelowAnotherLayoutsBoundsIsALowerBound() {
        // given
        var together = new Distribution(
                List.of(buckets(new double[] {10}, 0, 100), buckets(new double[] {10, 100}, 100, 0, 0)));

        // then
        assertThat(together.quantile(0.4).atLeast()).isFalse();
        assertThat(together.quantile(0.9)).isEqualTo(new Quantile(10, true));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aSketchOfValuesIsWithinItsAccuracy(long seed) {
        // given
        var random = new Random(seed);
        var values = random.doubles(5000).map(u -> Math.exp(u * 8)).toArray();
        var one = new LogBuckets();
        var other = new LogBuckets();

        // when
        for (var value : values) {
            (random.nextBoolean() ? one : other).add(value);
        }
        one.add(other);

        // then
        Arrays.sort(values);
        for (var q : new double[] {0.01, 0.5, 0.9, 0.99}) {
            var exact = values[(int) (q * values.length)];
            assertThat(new Distribution(List.of(one.toBuckets())).quantile(q).value())
                    .isCloseTo(exact, Percentage.withPercentage(3));
        }
    }

    @Test
    void aSketchTakesZeroAndNegativeValues() {
        // given
        var sketch = new LogBuckets();
        for (var value : new double[] {-100, -1, 0, 0, 1, 100}) {
            sketch.add(value);
        }

        // when
        var distribution = new Distribution(List.of(sketch.toBuckets()));

        // then
        assertThat(distribution.total()).isEqualTo(6);
        assertThat(distribution.quantile(0.01).value()).isCloseTo(-100, Percentage.withPercentage(3));
        assertThat(distribution.quantile(0.5).value()).isCloseTo(0, Offset.offset(1e-6));
        assertThat(distribution.quantile(0.99).value()).isCloseTo(100, Percentage.withPercentage(3));
    }

    private static Buckets buckets(double[] bounds, double... counts) {
        return new Buckets(bounds, counts);
    }
}
