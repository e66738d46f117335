package dev.sluice.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.schemas.wire.Json;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightTest {
    @ParameterizedTest
    @ValueSource(strings = {"0", "0.01", "0.5", "10", "33.33", "99.99", "100"})
    void isAPlainNumberOnTheWire(String percent) throws Exception {
        // given
        var weight = Weight.of(new BigDecimal(percent));

        // when
        var json = Json.mapper().writeValueAsString(weight);

        // then
        assertThat(json).isEqualTo(percent);
        assertThat(Json.mapper().readValue(json, Weight.class)).isEqualTo(weight);
        assertThat(Json.mapper().readValue(json + (percent.contains(".") ? "00" : ".00"), Weight.class))
                .isEqualTo(weight);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.01", "100.01", "0.001", "33.333", "1e9"})
    void isNothingElse(String percent) {
        assertThatThrownBy(() -> Weight.of(new BigDecimal(percent)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("percentage from 0 to 100");
    }
}
