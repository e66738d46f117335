package dev.sluice.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DispersionTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void tellsHowManyErrorsComeAtOnce(int bunch) {
        var mean = LongStream.range(0, 50)
                .mapToDouble(seed -> {
                    var traffic = new Traffic(seed, 0, 0, 0);
                    var dispersion = Dispersion.UNKNOWN;
                    for (int i = 0; i < 400; i++) {
                        dispersion = dispersion.after(new Counts(1000, bunch * traffic.poisson(3.0 / bunch)));
                    }
                    return dispersion.factor();
                })
                .average()
                .orElseThrow();

        assertThat(mean).isCloseTo(bunch, within(0.1 * bunch));
    }

    @Test
    void aRateThatDriftsIsNoDispersion() {
        // given
        var traffic = new Traffic(1, 0, 0, 0);
        var dispersion = Dispersion.UNKNOWN;

        // when
        for (int i = 0; i < 400; i++) {
            dispersion = dispersion.after(new Counts(1000, traffic.poisson(1 + i / 20.0)));
        }

        // then
        assertThat(dispersion.factor()).isLessThan(1.2);
    }

    @Test
    void nothingKnownIsIndependent() {
        assertThat(Dispersion.UNKNOWN.factor()).isEqualTo(1);
        assertThat(Dispersion.UNKNOWN.after(new Counts(100, 5)).factor()).isEqualTo(1);
        assertThat(Dispersion.UNKNOWN.after(new Counts(100, Double.NaN))).isEqualTo(Dispersion.UNKNOWN);
        assertThat(Dispersion.UNKNOWN.after(Counts.NONE)).isEqualTo(Dispersion.UNKNOWN);
    }

    @Test
    void fewErrorsHardlyRaiseIt() {
        // given
        var dispersion = Dispersion.UNKNOWN.after(new Counts(1000, 3)).after(new Counts(1000, 0));

        // then
        assertThat(dispersion.squares() / dispersion.rates()).isGreaterThan(2.9);
        assertThat(dispersion.factor()).isLessThan(2);
    }
}
