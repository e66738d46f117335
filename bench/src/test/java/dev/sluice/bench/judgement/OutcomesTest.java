package dev.sluice.bench.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomesTest {
    private final Regime good = Regime.good(50, 0.1);

    @Test
    void theSameReleasesEndTheSameWay() {
        // when
        var first = times(Outcomes.of(good.bad(10), 50, true));
        var second = times(Outcomes.of(good.bad(10), 50, true));

        // then
        assertThat(first).isEqualTo(second);
        assertThat(first.stream().distinct().count()).isGreaterThan(40);
    }

    private static List<Double> times(Outcomes outcomes) {
        return outcomes.contests().stream().map(it -> it.test).toList();
    }

    @Test
    void goodReleasesAreHardlyEverStoppedAndBadOnesAre() {
        assertThat(Outcomes.of(good, 100, false).stopped(it -> it.test)).isLessThan(4);
        assertThat(Outcomes.of(good.bad(10), 100, false).stopped(it -> it.test)).isEqualTo(100);
    }

    @Test
    void lateRegressionsAreTimedFromWhereTheyBegin() {
        // when
        var late = Outcomes.of(good.bad(10).late(), 50, false);

        // then
        assertThat(late.contests()).allMatch(it -> it.test >= Regime.LATE_SECONDS);
        assertThat(late.median(it -> it.test)).isBetween(1.0, 300.0);
        assertThat(late.median(it -> it.sprt)).isBetween(1.0, 300.0);
    }

    @Test
    void aLimitLookedAtEachMinuteStopsGoodReleases() {
        assertThat(Outcomes.of(good, 100, false).stopped(it -> it.threshold)).isBetween(50.0, 95.0);
    }

    @Test
    void errorsInBunchesVaryTwiceAsMuch() {
        // given
        var chance = new Chance(1);
        double sum = 0;
        double squares = 0;

        // when
        for (int i = 0; i < 20_000; i++) {
            double errors = 0;
            for (double bunches = chance.poisson(4); bunches > 0; bunches--) {
                errors += chance.bunch();
            }
            sum += errors;
            squares += errors * errors;
        }

        // then
        var mean = sum / 20_000;
        assertThat((squares / 20_000 - mean * mean) / mean).isBetween(1.9, 2.1);
    }
}
