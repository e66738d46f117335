package dev.sluice.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantileBandTest {
    private static final double[] BOUNDS = {1, 2, 5, 10, 20, 50, 100, 200, 500};

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.9, 0.99})
    void equalSidesAreHardlyEverToldApart(double quantile) {
        var rejected = LongStream.range(0, 200)
                .filter(seed -> isEverAbove(seed, quantile, 1, 1500))
                .count();

        // 5 % of them, and three standard errors
        assertThat(rejected).isLessThanOrEqualTo(19);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.9, 0.99})
    void aSlowerSideIsFound(double quantile) {
        var rejected = LongStream.range(0, 50)
                .filter(seed -> isEverAbove(seed, quantile, 4, 1500))
                .count();

        assertThat(rejected).isEqualTo(50);
    }

    /** Looks after every value of either side. */
    private static boolean isEverAbove(long seed, double quantile, double slower, int values) {
        var chance = new SplittableRandom(seed);
        var canary = new double[BOUNDS.length + 1];
        var stable = new double[BOUNDS.length + 1];
        for (int i = 0; i < values; i++) {
            canary[bucket(slower * -20 * Math.log(1 - chance.nextDouble()))]++;
            stable[bucket(-20 * Math.log(1 - chance.nextDouble()))]++;
            if (band(canary, quantile).isAbove(band(stable, quantile), 0)) {
                return true;
            }
        }
        return false;
    }

    private static QuantileBand band(double[] counts, double quantile) {
        return QuantileBand.of(new Histogram(BOUNDS, counts), quantile, 0.025);
    }

    private static int bucket(double value) {
        return (int) Arrays.stream(BOUNDS).filter(bound -> bound < value).count();
    }

    @Test
    void theBandHoldsTheQuantileAtAnyTime() {
        for (long seed = 0; seed < 200; seed++) {
            // given
            var chance = new SplittableRandom(seed);
            var counts = new double[BOUNDS.length + 1];
            int missed = 0;

            // when
            for (int i = 0; i < 2000; i++) {
                counts[bucket(chance.nextDouble() * 100)]++;
                var band = QuantileBand.of(new Histogram(BOUNDS, counts), 0.75, 1e-4);
                missed += band.lower() < 75 && band.upper() >= 75 ? 0 : 1;
            }

            // then
            assertThat(missed).as("seed %d", seed).isZero();
            assertThat(band(counts, 0.75)).isEqualTo(new QuantileBand(50, 100));
        }
    }

    /** A bound at the very median: whatever is claimed there is claimed by chance. */
    @Test
    void nothingIsClaimedWhereTheQuantileIsItself() {
        var claimed = LongStream.range(0, 400)
                .filter(seed -> {
                    var chance = new SplittableRandom(seed);
                    var counts = new double[2];
                    var isClaimed = false;
                    for (int i = 0; i < 2000; i++) {
                        counts[chance.nextInt(2)]++;
                        var band = QuantileBand.of(new Histogram(new double[] {50}, counts), 0.5, 0.05);
                        isClaimed |= band.lower() == 50 || band.upper() == 50;
                    }
                    return isClaimed;
                })
                .count();

        // 5 % of them, and three standard errors
        assertThat(claimed).isBetween(1L, 33L);
    }

    @Test
    void largerValuesNeverLowerIt() {
        var chance = new SplittableRandom(8);
        for (int i = 0; i < 300; i++) {
            // given
            var counts = new double[BOUNDS.length + 1];
            Arrays.setAll(counts, bucket -> chance.nextInt(200));
            var before = band(counts, 0.9);

            // when
            var from = chance.nextInt(BOUNDS.length);
            var moved = Math.min(counts[from], chance.nextInt(1, 50));
            counts[from] -= moved;
            counts[chance.nextInt(from + 1, counts.length)] += moved;

            // then
            assertThat(band(counts, 0.9).lower()).isGreaterThanOrEqualTo(before.lower());
            assertThat(band(counts, 0.9).upper()).isGreaterThanOrEqualTo(before.upper());
        }
    }

    @Test
    void aToleranceForgivesThatMuch() {
        // given
        var slow = new QuantileBand(100, 200);
        var fast = new QuantileBand(20, 50);

        // then
        assertThat(slow.isAbove(fast, 0.9)).isTrue();
        assertThat(slow.isAbove(fast, 1.1)).isFalse();
        assertThat(fast.isAbove(slow, 0)).isFalse();
    }

    @Test
    void whatIsNotKnownIsNowhere() {
        var unknown = new QuantileBand(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        var counts = new double[BOUNDS.length + 1];
        assertThat(band(counts, 0.5)).isEqualTo(unknown);
        counts[3] = Double.NaN;
        assertThat(band(counts, 0.5)).isEqualTo(unknown);
        assertThat(unknown.isAbove(unknown, 0)).isFalse();
        assertThat(unknown.isAbove(new QuantileBand(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY), 0))
                .isFalse();
    }

    @Test
    void boundsAscend() {
        assertThatThrownBy(() -> new Histogram(new double[] {2, 1}, new double[3]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Histogram(new double[] {1, 2}, new double[2]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
