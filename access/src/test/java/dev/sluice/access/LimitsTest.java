package dev.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void soManyAtOnceAndThenSoManyASecond() {
        // given
        var bucket = new Bucket(2, 3, 0);

        // then
        for (int i = 0; i < 3; i++) {
            assertThat(bucket.take(0)).isEmpty();
        }
        assertThat(bucket.take(0)).contains(Duration.ofMillis(500));
        assertThat(bucket.take(SECOND / 2)).isEmpty();
        assertThat(bucket.take(SECOND / 2)).isPresent();
    }

    @Test
    void aRestFillsItAndNoMore() {
        // given
        var bucket = new Bucket(2, 3, 0);

        // when
        bucket.take(0);

        // then
        for (int i = 0; i < 3; i++) {
            assertThat(bucket.take(100 * SECOND)).isEmpty();
        }
        assertThat(bucket.take(100 * SECOND)).isPresent();
    }
}
