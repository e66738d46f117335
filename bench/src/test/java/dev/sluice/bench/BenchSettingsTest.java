package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BenchSettingsTest {
    private static final BenchSettings.Defaults DEFAULTS = new BenchSettings.Defaults(1_000, 5, 40);

    @AfterEach
    void unset() {
        List.of("bench.rollouts", "bench.jfr").forEach(System::clearProperty);
    }

    @Test
    void whatIsNotSetIsTheBenchsOwn() {
        // given
        System.setProperty("bench.rollouts", "default");

        // when
        var settings = BenchSettings.fromSystemProperties(DEFAULTS);

        // then
        assertThat(settings.rollouts()).isEqualTo(1_000);
        assertThat(settings.samples()).isEqualTo(40);
        assertThat(settings.limit()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.heapMegabytes()).isEqualTo(256);
        assertThat(settings.jfr()).isFalse();
    }

    @Test
    void tenThousandRolloutsGetMoreTimeAndMemory() {
        // given
        System.setProperty("bench.rollouts", "10000");

        // when
        var settings = BenchSettings.fromSystemProperties(DEFAULTS);

        // then
        assertThat(settings.limit()).isEqualTo(Duration.ofMinutes(100));
        assertThat(settings.heapMegabytes()).isEqualTo(384);
    }

    @Test
    void whatMakesNoSenseIsRefusedByName() {
        // given
        System.setProperty("bench.rollouts", "many");
        assertThatThrownBy(() -> BenchSettings.fromSystemProperties(DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bench.rollouts");

        // when
        System.setProperty("bench.rollouts", "10");
        System.setProperty("bench.jfr", "perhaps");

        // then
        assertThatThrownBy(() -> BenchSettings.fromSystemProperties(DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bench.jfr");
    }
}
