package dev.sluice.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The functions that all else is made of, against values from tables. */
class NumbersOfTablesTest {
    @ParameterizedTest
    @CsvSource({
        "0.5, 0",
        "0.975, 1.959963984540054",
        "0.99, 2.3263478740408408",
        "0.01, -2.3263478740408408",
        "0.9999999, 5.199337582290661",
        "1e-15, -7.941345326170998"
    })
    void normalQuantiles(double p, double z) {
        assertThat(Normal.quantile(p)).isCloseTo(z, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"0.95, 5, 2.0150484", "0.95, 10, 1.8124611", "0.99, 20, 2.5279770", "0.975, 100, 1.9839715"})
    void studentsQuantiles(double p, double degrees, double t) {
        assertThat(Normal.student(p, degrees)).isCloseTo(t, within(3e-3));
    }

    @Test
    void factorials() {
        double log = 0;
        for (int n = 1; n < 150; n++) {
            assertThat(LogGamma.of(n)).isCloseTo(log, within(1e-10 * Math.max(1, log)));
            log += Math.log(n);
        }
        assertThat(LogGamma.of(0.5)).isCloseTo(0.5 * Math.log(Math.PI), within(1e-12));
        assertThat(LogGamma.of(0.1)).isCloseTo(2.252712651734206, within(1e-11));
    }

    @Test
    void divergences() {
        assertThat(Nats.between(0.5, 0.25)).isCloseTo(0.5 * Math.log(2) + 0.5 * Math.log(2 / 3.0), within(1e-12));
        assertThat(Nats.between(0.3, 0.3)).isCloseTo(0, within(1e-15));
        assertThat(Nats.between(1, 0.5)).isCloseTo(Math.log(2), within(1e-15));
    }
}
