package dev.sluice.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeded, so that each figure is always the same; bounds are three standard errors of as many trials. */
class PowerTest {
    private static final int TRIALS = 1000;
    private static final double ERROR = 3 * Math.sqrt(0.8 * 0.2 / TRIALS);
    private static final double ALPHA = 0.01;

    @Test
    void isTheTailOfTheBinomialDistribution() {
        // 1 - 0.9^10 and 10 * 0.1 * 0.9^9 by hand
        assertThat(IncompleteBeta.of(0.1, 1, 10)).isCloseTo(1 - Math.pow(0.9, 10), within(1e-12));
        assertThat(IncompleteBeta.of(0.1, 2, 9)).isCloseTo(1 - Math.pow(0.9, 10) - Math.pow(0.9, 9), within(1e-12));
        assertThat(IncompleteBeta.of(0.9, 9, 2)).isCloseTo(1 - IncompleteBeta.of(0.1, 2, 9), within(1e-12));
    }

    @Test
    void ofOneRequestInTenAHighRateIsFoundAboveALimit() {
        // one error of ten is above 5 %: 1 - (1-p)^10 = 0.8
        assertThat(Power.above(0.05, 10).orElseThrow()).isCloseTo(1 - Math.pow(0.2, 0.1), within(1e-9));
    }

    @Test
    void findsNothingAboveALimitThatNothingIsAbove() {
        assertThat(Power.above(1, 1000)).isEmpty();
        assertThat(Power.below(0, 1000)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e30, Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NaN})
    void ofALimitThatNoShareIsAboveNothingIsSaid(double limit) {
        assertThat(Power.above(limit, 1000)).isEmpty();
        assertThat(Power.below(-limit, 1000)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e30, Double.MAX_VALUE, Double.POSITIVE_INFINITY})
    void ofALimitThatAnyShareIsBeyondAnythingIsFound(double limit) {
        assertThat(Power.above(-limit, 1000).orElseThrow()).isCloseTo(0, within(1e-9));
        assertThat(Power.below(limit, 1000)).hasValue(1);
    }

    @Test
    void aFallBelowALimitIsARiseOfTheRestAboveWhatItLeaves() {
        assertThat(Power.below(0.99, 1240).orElseThrow())
                .isCloseTo(1 - Power.above(0.01, 1240).orElseThrow(), within(1e-9));
    }

    @Test
    void theRateAboveALimitIsFoundFourTimesOutOfFive() {
        // given
        var requests = 1240;
        var rate = Power.above(0.01, requests).orElseThrow();
        var random = new Random(7);

        // when
        var found = share(trial -> errors(random, requests, rate) / (double) requests > 0.01);

        // then
        assertThat(found).isCloseTo(0.8, within(ERROR));
    }

    @Test
    void theRateThatASequentialTestTellsIsFoundFourTimesOutOfFiveAtLeast() {
        // given
        var random = new Random(11);
        var rate = run(random, 0.01, 0.01, Map.of()).detectable(ALPHA).orElseThrow();

        // when
        var found = share(trial -> run(random, rate, 0.01, Map.of()).isRejected(ALPHA));

        // then
        assertThat(found).isBetween(0.8 - ERROR, 0.93);
        assertThat(rate).isBetween(0.015, 0.03);
    }

    @Test
    void whereInstancesAreNamedItIsFoundOnAllOfThem() {
        // given
        var random = new Random(13);
        var pods = Map.of("a", 0.2, "b", 0.2, "c", 0.2, "d", 0.2, "e", 0.2);
        var rate = run(random, 0.01, 0.01, pods).detectable(ALPHA).orElseThrow();

        // when
        var found = share(trial -> run(random, rate, 0.01, pods).isRejected(ALPHA));

        // then
        assertThat(found).isBetween(0.8 - ERROR, 0.97);
        assertThat(rate)
                .isGreaterThan(run(new Random(13), 0.01, 0.01, Map.of())
                        .detectable(ALPHA)
                        .orElseThrow());
    }

    @Test
    void doesNotSayWhatASequentialTestFindsWhereErrorsComeInBunches() {
        // given
        var known = Dispersion.UNKNOWN;
        for (int cell = 0; cell < 60; cell++) {
            known = known.after(new Counts(1000, cell % 6 == 0 ? 60 : 0));
        }

        // when
        var state = InstancesState.start(RateRatioTest.worse(0).start(known))
                .after(new Cell(0, new Counts(1000, 10), new Counts(9000, 90)), Map.of());

        // then
        assertThat(state.all().dispersion()).isGreaterThan(1);
        assertThat(state.detectable(ALPHA)).isEmpty();
    }

    @Test
    void doesNotSayWhatASequentialTestFindsWithoutAStableSide() {
        // given
        var state = InstancesState.start(RateRatioTest.worse(0).start())
                .after(new Cell(0, new Counts(1000, 10), Counts.NONE), Map.of());

        // then
        assertThat(state.detectable(ALPHA)).isEmpty();
    }

    /** Forty cells of 100 canary and 900 stable requests; of the stable side always the same, for it is known by now. */
    private static InstancesState run(Random random, double canary, double stable, Map<String, Double> pods) {
        var known = new Random(17);
        var state = InstancesState.start(RateRatioTest.worse(0).start());
        for (int cell = 0; cell < 40; cell++) {
            var instances = new LinkedHashMap<String, Counts>();
            pods.keySet().stream().sorted().forEach(pod -> {
                var requests = (int) Math.round(100 * pods.get(pod));
                instances.put(pod, new Counts(requests, errors(random, requests, canary)));
            });
            var counted = instances.isEmpty()
                    ? new Counts(100, errors(random, 100, canary))
                    : instances.values().stream().reduce(Counts.NONE, Counts::plus);
            var beside = new Counts(900, errors(known, 900, stable));
            state = state.after(new Cell(cell, counted, beside), instances);
        }
        return state;
    }

    private static int errors(Random random, int requests, double rate) {
        return (int) IntStream.range(0, requests)
                .filter(request -> random.nextDouble() < rate)
                .count();
    }

    private static double share(IntPredicate trial) {
        return IntStream.range(0, TRIALS).filter(trial).count() / (double) TRIALS;
    }
}
