package dev.sluice.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.sandbox.SluiceService;
import dev.sluice.schemas.Topic;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final long MIB = 1 << 20;

    private final Window window = new Window(10, usage(1, 2, 3), usage(2, 4, 5), 2_000, Map.of(Topic.VERDICTS, 50L));

    @Test
    void ratesAreBySecond() {
        assertThat(window.eventsPerSecond()).isEqualTo(200);
        assertThat(window.perSecond(Topic.VERDICTS)).isEqualTo(5);
    }

    @Test
    void coresAreCpuTimeOverTime() {
        assertThat(window.cores()).isEqualTo(0.5);
        assertThat(window.after().cpuSecondsSince(window.before(), SluiceService.GATE))
                .isEqualTo(2);
        assertThat(window.after().residentMegabytes()).isEqualTo(3 * 128);
    }

    @Test
    void anEventCostsWhatItAddsToAServiceAtRest() {
        assertThat(window.microsPerEvent(0.1)).isCloseTo(2_000, within(1e-6));
    }

    private static Usage usage(double engine, double gate, double applier) {
        return new Usage(Map.of(
                SluiceService.ENGINE, new ProcessUsage(engine, 128 * MIB),
                SluiceService.GATE, new ProcessUsage(gate, 128 * MIB),
                SluiceService.APPLIER, new ProcessUsage(applier, 128 * MIB)));
    }
}
