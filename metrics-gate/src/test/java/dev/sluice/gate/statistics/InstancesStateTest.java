package dev.sluice.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class InstancesStateTest {
    private static final double ALPHA = 0.01;
    private static final int PODS = 5;

    /** Five pods, of which the first errs so many times more, and all others so many times. */
    private static InstancesState run(long seed, double first, double others, int cells) {
        var traffic = new Traffic(seed, 0, 0, 0);
        var state = InstancesState.start(RateRatioTest.worse(0).start());
        for (int i = 0; i < cells && !state.isRejected(ALPHA); i++) {
            var pods = new LinkedHashMap<String, Counts>();
            var canary = Counts.NONE;
            for (int pod = 0; pod < PODS; pod++) {
                var counts = new Counts(20, traffic.poisson(20 * 0.01 * (pod == 0 ? first : others)));
                pods.put("pod-" + pod, counts);
                canary = canary.plus(counts);
            }
            state = state.after(new Cell(i, canary, new Counts(900, traffic.poisson(9))), pods);
        }
        return state;
    }

    @Test
    void oneBadPodStopsNoRelease() {
        var rejected = LongStream.range(0, 500)
                .filter(seed -> run(seed, 10, 1, 60).isRejected(ALPHA))
                .count();

        // 1 % of them, and three standard errors
        assertThat(rejected).isLessThanOrEqualTo(11);
    }

    @Test
    void theBadPodIsNamed() {
        // when
        var state = run(4, 20, 1, 60);

        // then
        assertThat(state.all().isRejected(ALPHA)).isTrue();
        assertThat(state.suspect(ALPHA)).contains("pod-0");
        assertThat(state.worst()).contains("pod-0");
    }

    @Test
    void aReleaseThatIsBadOnAllPodsIsFound() {
        var rejected = LongStream.range(0, 100)
                .filter(seed -> run(seed, 4, 4, 60).isRejected(ALPHA))
                .count();

        assertThat(rejected).isEqualTo(100);
    }

    @Test
    void aLaxerLevelForTheRestNeverRejectsLater() {
        for (long seed = 0; seed < 100; seed++) {
            var state = run(seed, 4, 4, 10);
            assertThat(state.isRejected(ALPHA, 0.1))
                    .isEqualTo(state.all().isRejected(ALPHA) && state.logE() >= Math.log(10));
        }
    }

    @Test
    void aSinglePodIsJudgedAsItIs() {
        // given
        var state = InstancesState.start(RateRatioTest.worse(0).start());

        // when
        for (int i = 0; i < 10; i++) {
            var canary = new Counts(100, 20);
            state = state.after(new Cell(i, canary, new Counts(900, 9)), Map.of("only", canary));
        }

        // then
        assertThat(state.isRejected(ALPHA)).isTrue();
        assertThat(state.worst()).isEmpty();
        assertThat(state.suspect(ALPHA)).isEmpty();
    }

    @Test
    void whatIsNotKnownRejectsNothing() {
        // given
        var state = InstancesState.start(RateRatioTest.worse(0).start());
        var bad = new Counts(100, 50);

        // when
        state = state.after(new Cell(0, new Counts(200, Double.NaN), new Counts(900, 1)), Map.of("a", bad, "b", bad));

        // then
        assertThat(state.isRejected(ALPHA)).isFalse();
    }

    @Test
    void noMoreInstancesAreKeptThanThereIsRoomFor() {
        // given
        var state = InstancesState.start(RateRatioTest.worse(0).start());

        // when
        for (int i = 0; i < 100; i++) {
            state = state.after(
                    new Cell(i, new Counts(10, 1), new Counts(90, 1)), Map.of("pod-" + i, new Counts(10, 1)));
        }

        // then
        assertThat(state.kept()).isEqualTo(16);
    }
}
