package dev.sluice.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MannWhitneyTest {
    private static final double Z = 2.3263478740408408;

    @Test
    void findsWhatKayentaPublishes() {
        // when
        var shift = MannWhitney.shift(new double[] {10, 20, 30, 40}, new double[] {1, 2, 3, 4}, 0.95);

        // then
        assertThat(shift.lower()).isCloseTo(6.0, within(1e-6));
        assertThat(shift.estimate()).isCloseTo(22.5, within(1e-6));
        assertThat(shift.upper()).isCloseTo(39.0, within(1e-6));
    }

    @Test
    void findsWhatInvertingTheTestFinds() {
        for (long seed = 0; seed < 400; seed++) {
            // given
            var pair = Pairs.of(seed);

            // when
            var shift = MannWhitney.shift(pair.canary(), pair.stable(), 0.98);

            // then
            var inverted = new Inverted(pair.canary(), pair.stable());
            assertThat(inverted.bound(Z).holds(shift.lower()))
                    .as("lower, seed %d: %s", seed, shift)
                    .isTrue();
            assertThat(inverted.bound(-Z).holds(shift.upper()))
                    .as("upper, seed %d: %s", seed, shift)
                    .isTrue();
            assertThat(inverted.crossing(0).holds(shift.estimate()))
                    .as("estimate, seed %d: %s", seed, shift)
                    .isTrue();
        }
    }

    @Test
    void theSidesInTurnGiveTheOppositeShift() {
        for (long seed = 0; seed < 50; seed++) {
            // given
            var pair = Pairs.of(seed);

            // then
            assertThat(MannWhitney.superiority(pair.canary(), pair.stable()))
                    .isCloseTo(1 - MannWhitney.superiority(pair.stable(), pair.canary()), within(1e-12));
        }
    }

    @Test
    void saysNothingOfSingleValues() {
        assertThatThrownBy(() -> MannWhitney.shift(new double[] {3}, new double[] {1}, 0.98))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same after a shift");
    }
}
