package dev.sluice.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachTest {
    /** Values worked out by hand for these rates. */
    @ParameterizedTest
    @CsvSource({"50, 0.1, 2, 15.1", "50, 0.1, 3, 4.6", "500, 0.05, 2, 2.8", "500, 0.05, 3, 0.9"})
    void isTheBoundOfTheLikelihoodRatio(double requestsPerSecond, double share, double ratio, double minutes) {
        var time = new Reach(requestsPerSecond, 0.003, share, 0.01).timeToFind(ratio);

        assertThat(time.orElseThrow().toSeconds() / 60.0).isCloseTo(minutes, within(0.05));
    }

    @Test
    void moreTrafficIsAsMuchFaster() {
        assertThat(new Reach(5000, 0.003, 0.1, 0.01).canaryRequestsToFind(3))
                .isCloseTo(new Reach(50, 0.003, 0.1, 0.01).canaryRequestsToFind(3), within(5.0));
    }

    @Test
    void nothingIsFoundInNothing() {
        assertThat(new Reach(0, 0.003, 0.1, 0.01).timeToFind(3)).isEmpty();
        assertThat(new Reach(50, 0, 0.1, 0.01).timeToFind(3)).isEmpty();
        assertThat(new Reach(50, 0.003, 0, 0.01).timeToFind(3)).isEmpty();
        assertThat(new Reach(50, 0.003, 1, 0.01).timeToFind(3)).isEmpty();
        assertThat(new Reach(50, 0.003, 0.1, 0.01).timeToFind(1)).isEmpty();
        assertThat(new Reach(50, 0.003, Double.NaN, 0.01).timeToFind(2)).isEmpty();
        assertThat(new Reach(1e-9, 0.003, 0.1, 0.01).canaryRequestsToFind(2)).isInfinite();
    }

    @Test
    void aTestFindsItAboutAsSoon() {
        // given
        var bound = new Reach(50, 0.01, 0.2, 0.01).timeToFind(3).orElseThrow();
        double seconds = 0;

        // when
        for (long seed = 0; seed < 200; seed++) {
            var traffic = new Traffic(seed, 50, 0.2, 0.01);
            var state = RateRatioTest.worse(0).start();
            int cell = 0;
            while (!state.isRejected(0.01)) {
                state = state.after(traffic.cell(cell++, 3));
            }
            seconds += new Grid(0).endOf(cell - 1) / 1000.0 / 200;
        }

        // then
        assertThat(Duration.ofSeconds((long) seconds)).isBetween(bound, bound.multipliedBy(2));
    }
}
