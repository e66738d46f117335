package dev.sluice.gate.format.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayeredTest {
    @Test
    void isAsIfTheUpperLabelsWerePutOverTheLowerOnes() {
        // given
        var upper = Map.of("a", "above", "b", "above");
        var lower = Map.of("b", "below", "c", "below");
        var copied = new HashMap<>(lower);
        copied.putAll(upper);

        // when
        var layered = Layered.of(upper, lower);

        // then
        assertThat(layered).hasSize(3).isEqualTo(copied).hasSameHashCodeAs(copied);
        assertThat(new HashMap<>(layered)).isEqualTo(copied);
        assertThat(layered.get("b")).isEqualTo("above");
        assertThat(layered.get("d")).isNull();
        assertThat(layered).containsKey("c").doesNotContainKey("d");
    }

    @Test
    void keepsWhatItIsMadeOf() {
        var labels = Map.of("a", "b");

        assertThat(Layered.of(labels, Map.of())).isSameAs(labels);
        assertThat(Layered.of(Map.of(), labels)).isSameAs(labels);
    }
}
