package dev.sluice.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.sandbox.SluiceService;
import dev.sluice.schemas.message.Phase;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("B06: kill -9 in the middle of a rollout, then a restart: it ends as it would have")
class CrashIT {
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource(names = {"ENGINE", "GATE", "APPLIER"})
    void aRolloutIsPromotedAlthoughAServiceDied(SluiceService service) {
        try (var trial = new Trial("survives-" + service.name().toLowerCase(Locale.ROOT))) {
            // given
            trial.traffic().of("stable", 0);
            trial.traffic().of("canary", 0);
            var rollout = trial.start("1.1.0");
            trial.awaitPhase(rollout, Phase.AWAITING_APPROVAL);
            // when
            var process = World.running().services().get(service);
            process.kill();
            trial.approve();
            process.start();
            process.awaitReady(READY_LIMIT);
            // then
            trial.awaitPhase(rollout, Phase.PROMOTED);
            await().untilAsserted(() -> assertThat(trial.weights()).containsExactly(0.0, 10.0, 50.0, 100.0));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ENGINE", "GATE", "APPLIER"})
    void aFaultyReleaseIsRolledBackAlthoughAServiceDied(SluiceService service) {
        try (var trial = new Trial("falls-" + service.name().toLowerCase(Locale.ROOT))) {
            // given
            trial.traffic().of("stable", 0);
            trial.traffic().of("canary", 0);
            var rollout = trial.start("1.1.0");
            trial.awaitPhase(rollout, Phase.AWAITING_APPROVAL);
            // when
            var process = World.running().services().get(service);
            process.kill();
            trial.traffic().of("canary", 0.5);
            process.start();
            process.awaitReady(READY_LIMIT);
            // then
            trial.awaitPhase(rollout, Phase.ROLLED_BACK);
            await().untilAsserted(() -> assertThat(trial.weights()).containsExactly(0.0, 10.0, 0.0));
        }
    }
}
