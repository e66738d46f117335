package dev.sluice.sandbox.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrometheusPartTest {
    @BeforeEach
    void needPrometheus() {
        assumeTrue(PrometheusPart.available(), "no Prometheus here: see what the part says");
    }

    @Test
    void leavesNoProcessBehind() {
        // given
        var prometheus = PrometheusPart.start("", List.of());
        var process = prometheus.process();
        assertThat(process.isAlive()).isTrue();

        // when
        prometheus.close();

        // then
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void saysWhatIsWrongWithSamples() {
        assertThatIllegalStateException()
                .isThrownBy(() -> PrometheusPart.start("no samples at all", List.of()))
                .withMessageStartingWith("the samples could not be stored: ");
    }
}
