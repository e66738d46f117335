package dev.sluice.sandbox.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SplitTest {
    @Test
    void sendsRequestsByTheWeights() {
        // given
        var split = new Split(Map.of("blue", 80.0, "green", 20.0));
        var random = new Random(7);
        // when
        var green = random.doubles(10_000)
                .filter(drawn -> split.pick(drawn).equals("green"))
                .count();
        // then
        assertThat(green / 10_000.0).isCloseTo(0.2, within(0.02));
    }

    @Test
    void sendsNothingToABackendOfWeightZero() {
        // given
        var split = new Split(Map.of("blue", 100.0, "green", 0.0));
        // when / then
        assertThat(split.pick(0)).isEqualTo("blue");
        assertThat(split.pick(0.999_999)).isEqualTo("blue");
        assertThat(split.percent("green")).isZero();
    }

    @Test
    void readsRelativeWeightsAsPercent() {
        assertThat(new Split(Map.of("blue", 3.0, "green", 1.0)).percent("green"))
                .isEqualTo(25.0);
        assertThat(new Split(Map.of()).percent("green")).isZero();
    }
}
