package dev.sluice.gate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecentIdsTest {
    private static final int LIMIT = 100;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void remembersTheNewestAndForgetsTheOldest(long seed) {
        // given
        var random = new Random(seed);
        var budget = new Budget(1_000_000);
        var ids = new RecentIds(LIMIT, budget);
        var expected = new LinkedHashMap<String, Long>();

        for (long now = 0; now < 20_000; now++) {
            // when
            var id = "id-" + random.nextInt(300);
            var isNew = !expected.containsKey(id);
            if (isNew && expected.size() == LIMIT) {
                expected.remove(expected.keySet().iterator().next());
            }
            expected.putIfAbsent(id, now);

            // then
            assertThat(ids.add(IdHash.of(id), now)).as("%s at %d", id, now).isEqualTo(isNew);
            if (random.nextInt(200) == 0) {
                var before = now - random.nextInt(150);
                ids.forgetBefore(before);
                expected.values().removeIf(at -> at < before);
                assertThat(ids.isEmpty()).isEqualTo(expected.isEmpty());
            }
        }
        ids.release();
        assertThat(budget.left()).isEqualTo(1_000_000);
    }

    @Test
    void anIdIsTheSameInBytesAndInWords() {
        var record = "{\"id\":\"pod-7:4711\"}".getBytes(StandardCharsets.US_ASCII);

        assertThat(IdHash.of(record, 7, 10)).isEqualTo(IdHash.of("pod-7:4711"));
        assertThat(IdHash.of("pod-7:4712")).isNotEqualTo(IdHash.of("pod-7:4711"));
    }
}
