package dev.sluice.schemas.rollout.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against requests played one by one. */
class FalseAlarmsTest {
    private static final double LIMIT = 0.02;
    private static final int RELEASES = 20_000;
    private static final int REQUESTS = 3_000;

    @ParameterizedTest(name = "{0} samples at least")
    @CsvSource({"1", "25", "50", "100", "250", "500"})
    void areAsManyAsAreFoundByTrying(int samples) {
        // given
        var random = new Random(20261130);
        var takenBack = 0;
        for (int release = 0; release < RELEASES; release++) {
            takenBack += isTakenBack(random, samples) ? 1 : 0;
        }

        // then
        assertThat(FalseAlarms.of(samples * LIMIT)).isCloseTo((double) takenBack / RELEASES, within(0.015));
    }

    /** One that fails half as often as it may. */
    private static boolean isTakenBack(Random random, int samples) {
        var failures = 0;
        for (int requests = 1; requests <= REQUESTS; requests++) {
            failures += random.nextDouble() < LIMIT / 2 ? 1 : 0;
            if (requests >= samples && failures > LIMIT * requests) {
                return true;
            }
        }
        return false;
    }
}
