package dev.sluice.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatioIntervalTest {
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 3})
    void holdsTheRatioAtAllTimes(double ratio) {
        var missed = LongStream.range(0, 400)
                .filter(seed -> {
                    var traffic = new Traffic(seed, 200, 0.2, 0.01);
                    var state = RateRatioTest.worse(0).start();
                    var isMissed = false;
                    for (int i = 0; i < 80; i++) {
                        state = state.after(traffic.cell(i, ratio));
                        var interval = state.interval(0.05);
                        isMissed |= interval.lower() > ratio || interval.upper() < ratio;
                    }
                    return isMissed;
                })
                .count();

        // 5 % of them, and three standard errors
        assertThat(missed).isLessThanOrEqualTo(33);
    }

    @Test
    void itsEndsAreWhereTheMixtureRejects() {
        // given
        var coin = new Coin(0.5, 0.5);

        // when
        var interval = RatioInterval.of(30, 100, 0.2, 0.05);

        // then
        assertThat(interval.estimate()).isCloseTo(0.3 * 4, within(1e-12));
        for (var end : new double[] {interval.lower(), interval.upper()}) {
            assertThat(coin.logE(30, 100, RateRatioTest.at(end, 0.2))).isCloseTo(Math.log(20), within(1e-6));
        }
    }

    @Test
    void withoutErrorsOnASideItIsOpen() {
        assertThat(RatioInterval.of(0, 50, 0.2, 0.05).lower()).isZero();
        assertThat(RatioInterval.of(0, 50, 0.2, 0.05).upper()).isLessThan(1);
        assertThat(RatioInterval.of(50, 0, 0.2, 0.05).lower()).isGreaterThan(1);
        assertThat(RatioInterval.of(50, 0, 0.2, 0.05).upper()).isInfinite();
        assertThat(RatioInterval.of(0, 0, 0.2, 0.05)).isEqualTo(RatioInterval.UNKNOWN);
        assertThat(RatioInterval.of(Double.NaN, 1, 0.2, 0.05)).isEqualTo(RatioInterval.UNKNOWN);
    }
}
