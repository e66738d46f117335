package dev.sluice.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrafficTest {
    @Test
    void anApplicationHasItsTurnEverySecondUpToAThousand() {
        assertThat(Traffic.period(100)).isEqualTo(Duration.ofSeconds(1));
        assertThat(Traffic.period(1_000)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void moreApplicationsShareWhatTheMachineCanPublish() {
        assertThat(Traffic.period(10_000)).isEqualTo(Duration.ofSeconds(10));
    }
}
