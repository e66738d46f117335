package dev.sluice.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.sandbox.parts.SluiceTopics;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.wire.Keys;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RolloutIT {
    private static final int PARTITIONS = SluiceTopics.PARTITIONS;

    @Test
    void aHealthyReleaseIsPromotedWithTheSplitShowingEachStep() {
        try (var trial = new Trial("healthy")) {
            // given
            trial.traffic().of("stable", 0);
            trial.traffic().of("canary", 0);
            // when
            var rollout = trial.start("1.1.0");
            trial.awaitPhase(rollout, Phase.AWAITING_APPROVAL);
            trial.approve();
            // then
            trial.awaitPhase(rollout, Phase.PROMOTED);
            await().untilAsserted(() -> assertThat(trial.weights()).containsExactly(0.0, 10.0, 50.0, 100.0));
        }
    }

    @Test
    void aFaultyReleaseIsRolledBackByItsMetrics() {
        try (var trial = new Trial("faulty")) {
            // given
            trial.traffic().of("stable", 0);
            trial.traffic().of("canary", 0);
            var rollout = trial.start("1.1.0");
            trial.awaitPhase(rollout, Phase.AWAITING_APPROVAL);
            // when
            trial.traffic().of("canary", 0.05);
            // then
            var end = trial.awaitPhase(rollout, Phase.ROLLED_BACK);
            assertThat(end.reason()).contains("limit 1 %");
            await().untilAsserted(() -> assertThat(trial.weights()).containsExactly(0.0, 10.0, 0.0));
        }
    }

    @Test
    @DisplayName("B35: a client that partitions by CRC32, as librdkafka does, gets the same result")
    void messagesOnOtherPartitionsThanJavasGiveTheSameResult() {
        var promoted = "elsewhere-1";
        assertThat(crc32("e2e/" + promoted))
                .as("the test needs a key that the two partitioners disagree on")
                .isNotEqualTo(Keys.partition("e2e/" + promoted, PARTITIONS));
        try (var trial = new Trial(promoted, (topic, key) -> crc32(key))) {
            promotes(trial);
        }
    }

    @Test
    @DisplayName("B35: one application's messages spread over all partitions in turn give the same result")
    void messagesOnEveryPartitionInTurnGiveTheSameResult() {
        var turn = new AtomicInteger();
        try (var trial = new Trial("scattered", (topic, key) -> turn.getAndIncrement() % PARTITIONS)) {
            promotes(trial);
        }
    }

    private static void promotes(Trial trial) {
        // given
        trial.traffic().of("stable", 0);
        trial.traffic().of("canary", 0);
        // when
        var rollout = trial.start("1.1.0");
        trial.awaitPhase(rollout, Phase.AWAITING_APPROVAL);
        trial.approve();
        // then
        trial.awaitPhase(rollout, Phase.PROMOTED);
        await().untilAsserted(() -> assertThat(trial.weights()).containsExactly(0.0, 10.0, 50.0, 100.0));
    }

    /** librdkafka's default partitioner, {@code consistent_random}: CRC32 of the key. */
    private static int crc32(String key) {
        var crc = new CRC32();
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % PARTITIONS);
    }
}
