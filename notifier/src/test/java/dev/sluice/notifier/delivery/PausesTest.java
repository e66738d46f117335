package dev.sluice.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PausesTest {
    @ParameterizedTest
    @CsvSource({"1, 0, 1", "2, 0, 2", "5, 0, 16", "7, 0, 60", "1000, 0, 60", "1, 30, 30", "7, 30, 60", "7, 300, 300"})
    void doubleUpToTheLongestUnlessMoreIsAskedFor(int failed, long atLeast, long seconds) {
        // when
        var pause = new Pauses(Duration.ofMinutes(1)).after(failed, Duration.ofSeconds(atLeast));

        // then
        assertThat(pause).hasSeconds(seconds);
    }
}
