package dev.sluice.bench.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the bench and its contestants' processes tell each other. */
class CourseTest {
    @Test
    void aCourseIsReadAsItWasTold() {
        // given
        var course = new Course(
                "localhost:9092", "bench.", 4, 500, 250_000, 2_000_000, Instant.parse("2026-11-30T12:00:00Z"), 1000);

        // when / then
        assertThat(Course.of(course.words().split(" "))).isEqualTo(course);
    }

    @Test
    void aLapIsReadAsItWasTold() {
        // given
        var lap = new Lap(2_000_000, 1_500_000_000, 1_400_000_000, 700_000_000, 300_000_000, 2000);

        // when / then
        assertThat(Lap.isLine(lap.line())).isTrue();
        assertThat(Lap.of(lap.line())).isEqualTo(lap);
        assertThat(Lap.isLine("LAPLAND")).isFalse();
        assertThat(lap.nanosPerEvent()).isEqualTo(750);
    }
}
