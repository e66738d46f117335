package dev.sluice.sandbox.shop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTest {
    @Test
    void countsEveryRequestOnceByCodeAndOnceByLatency() {
        // given / when
        var tally = Tally.empty().plus(200, 1.5).plus(200, 7).plus(500, 2).plus(200, 5_000);
        // then
        assertThat(tally.byCode()).containsEntry(200, 3L).containsEntry(500, 1L);
        assertThat(tally.errors()).isOne();
        assertThat(tally.requests()).isEqualTo(4);
        assertThat(tally.latencies()).containsExactly(2L, 0L, 1L, 0L, 0L, 0L, 0L, 0L, 1L);
    }
}
