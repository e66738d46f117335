package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BenchesTest {
    @Test
    void aBenchIsFoundByItsName() {
        assertThat(Benches.named("latency").name()).isEqualTo("latency");
        assertThat(Benches.named("load").name()).isEqualTo("load");
        assertThat(Benches.named("gate").name()).isEqualTo("gate");
        assertThat(Benches.named("applier").name()).isEqualTo("applier");
        assertThat(Benches.named("judgement").name()).isEqualTo("judgement");
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Benches.named("speed"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("speed")
                .hasMessageContaining("latency");
    }
}
