package dev.sluice.sandbox.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RollbackTimerTest {
    private static final Split HALF = new Split(Map.of("blue", 50.0, "green", 50.0));
    private static final Split NONE = new Split(Map.of("blue", 100.0, "green", 0.0));

    private final RollbackTimer timer = new RollbackTimer(0.01, 100);

    @BeforeEach
    void begin() {
        timer.begin("1.3.0", "green");
    }

    @Test
    void startsAtTheEventThatBreaksTheLimitAndStopsAtWeightZero() {
        // given
        timer.publishing("1.3.0", tally(99, 1), System.nanoTime());
        assertThat(timer.took()).isEmpty();
        // when
        timer.publishing("1.3.0", tally(0, 1), System.nanoTime());
        timer.seen(HALF);
        timer.seen(NONE);
        // then
        assertThat(timer.took()).hasValueSatisfying(took -> assertThat(took).isPositive());
    }

    @Test
    void judgesNothingBelowTheMinimumOfSamples() {
        // given / when
        timer.publishing("1.3.0", tally(49, 50), System.nanoTime());
        timer.seen(NONE);
        // then
        assertThat(timer.took()).isEmpty();
    }

    @Test
    void doesNotCountWhatOtherVersionsAnswered() {
        // given / when
        timer.publishing("1.2.0", tally(0, 500), System.nanoTime());
        timer.seen(NONE);
        // then
        assertThat(timer.took()).isEmpty();
    }

    @Test
    void doesNotTakeTheZeroBeforeTheBreachForARollback() {
        // given / when
        timer.seen(NONE);
        timer.publishing("1.3.0", tally(0, 500), System.nanoTime());
        // then
        assertThat(timer.took()).isEmpty();
    }

    private static Tally tally(int good, int bad) {
        var tally = Tally.empty();
        for (int i = 0; i < good; i++) {
            tally = tally.plus(200, 1);
        }
        for (int i = 0; i < bad; i++) {
            tally = tally.plus(500, 1);
        }
        return tally;
    }
}
