package dev.sluice.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Fence;
import java.math.BigDecimal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnotationsTest {

    @Test
    void writesAndReadsAFence() {
        // given
        var fence = new Fence(1_795_170_000_000L, 17, Weight.of(new BigDecimal("33.33")), "checkout");

        // when
        var text = Annotations.fenceValue(fence);

        // then
        assertThat(text).isEqualTo("1795170000000.17=33.33;active=checkout");
        assertThat(Annotations.readFence(text)).contains(fence);
    }

    @Test
    void readsAFenceWithoutTheActiveBackend() {
        assertThat(Annotations.readFence("5.1=25")).contains(new Fence(5, 1, Weight.percent(25), null));
    }

    @Test
    void namesOneAnnotationPerRoute() {
        assertThat(Annotations.fenceKey("prod/shop/trafficsplits.split.smi-spec.io/checkout"))
                .isNotEqualTo(Annotations.fenceKey("staging/shop/trafficsplits.split.smi-spec.io/checkout"))
                .matches("sluice\\.dev/fence-[0-9a-f]{10}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "5.1",
                "5.1=",
                "5.1=101",
                "5.1=x",
                "-5.1=0",
                "99999999999999999999.1=0",
                "9999999999999999999.1=0"
            })
    @DisplayName("B25 an annotation that nobody can read counts as missing")
    void takesGarbageAsMissing(String text) {
        assertThat(Annotations.readFence(text)).isEmpty();
    }
}
