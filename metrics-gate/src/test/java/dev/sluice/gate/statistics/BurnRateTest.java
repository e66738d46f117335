package dev.sluice.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BurnRateTest {
    private final BurnRate burnRate = new BurnRate(0.999);

    @Test
    void isTheErrorRateInBudgets() {
        assertThat(burnRate.of(new Counts(1000, 1))).isCloseTo(1, within(1e-9));
        assertThat(burnRate.of(new Counts(1000, 15))).isCloseTo(15, within(1e-9));
        assertThat(burnRate.of(Counts.NONE)).isNaN();
    }

    @Test
    void isTooFastOnlyInBothWindows() {
        // given
        var fast = new Counts(1000, 15);
        var slow = new Counts(1000, 14);

        // then
        assertThat(burnRate.isTooFast(fast, fast, 14.4)).isTrue();
        assertThat(burnRate.isTooFast(fast, slow, 14.4)).isFalse();
        assertThat(burnRate.isTooFast(slow, fast, 14.4)).isFalse();
    }

    @Test
    void whatIsNotKnownIsNotTooFast() {
        var fast = new Counts(1000, 1000);
        for (var unknown : new Counts[] {Counts.NONE, new Counts(Double.NaN, 1), new Counts(1, Double.NaN)}) {
            assertThat(burnRate.isTooFast(fast, unknown, 1)).isFalse();
            assertThat(burnRate.isTooFast(unknown, fast, 1)).isFalse();
        }
    }

    @Test
    void aPerfectObjectiveHasNoBudget() {
        assertThatThrownBy(() -> new BurnRate(1)).isInstanceOf(IllegalArgumentException.class);
    }
}
