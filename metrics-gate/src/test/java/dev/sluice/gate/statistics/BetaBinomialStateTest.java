package dev.sluice.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BetaBinomialStateTest {
    private static final double ALPHA = 0.05;

    @Test
    void goodReleasesAreHardlyEverRejectedAndBadOnesAre() {
        // 5 % of them, and three standard errors
        assertThat(rejected(1)).isLessThanOrEqualTo(33);
        assertThat(rejected(3)).isEqualTo(400);
    }

    private static long rejected(double ratio) {
        return LongStream.range(0, 400)
                .filter(seed -> {
                    var traffic = new Traffic(seed, 200, 0.1, 0.01);
                    var state = BetaBinomialState.start();
                    var isRejected = false;
                    for (int i = 0; i < 100; i++) {
                        state = state.after(traffic.cell(i, ratio));
                        isRejected |= state.isRejected(ALPHA);
                    }
                    return isRejected;
                })
                .count();
    }

    @Test
    void isTheFormulaOfTheBetaFunction() {
        // given
        var state = BetaBinomialState.start().after(new Cell(0, new Counts(100, 3), new Counts(100, 1)));

        // then: B(13, 11) / B(10, 10) * 2^4, with B of integers by factorials
        assertThat(Math.exp(state.logE())).isCloseTo(16 * 10 * 11 * 12 * 10 / (20.0 * 21 * 22 * 23), within(1e-9));
    }

    @Test
    void aBetterCanaryIsNotRejected() {
        // given
        var state = BetaBinomialState.start().after(new Cell(0, new Counts(1000, 0), new Counts(1000, 100)));

        // then
        assertThat(state.logE()).isGreaterThan(3);
        assertThat(state.isRejected(ALPHA)).isFalse();
    }

    @Test
    void stepsOfDifferentSharesMultiply() {
        // given
        var first = new Cell(0, new Counts(100, 5), new Counts(900, 10));
        var second = new Cell(1, new Counts(500, 20), new Counts(500, 5));

        // when
        var both = BetaBinomialState.start().after(first).after(second);

        // then
        assertThat(both.logE())
                .isCloseTo(
                        BetaBinomialState.start().after(first).logE()
                                + BetaBinomialState.start().after(second).logE(),
                        within(1e-9));
    }

    @Test
    void whatIsNotKnownRejectsNothing() {
        // given
        var state = BetaBinomialState.start()
                .after(new Cell(0, new Counts(100, Double.NaN), new Counts(900, 10)))
                .after(new Cell(1, new Counts(100, 90), new Counts(900, 1)));

        // then
        assertThat(state.logE()).isNaN();
        assertThat(state.isRejected(ALPHA)).isFalse();
    }
}
