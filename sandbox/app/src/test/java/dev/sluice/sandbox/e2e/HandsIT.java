package dev.sluice.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.sandbox.SluiceService;
import dev.sluice.schemas.message.Phase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Other hands on the objects that a rollout routes with. */
class HandsIT {
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);

    @Test
    @DisplayName("B40, line 23: a second entry of the canary stops neither repairs nor the abort")
    void aSecondEntryGoesBackWithTheAbort() {
        try (var trial = new Trial("twice")) {
            // given
            var rollout = atTenPercent(trial);

            // when
            trial.edit(List.of(trial.backend("-blue", 60), trial.backend("-green", 10), trial.backend("-green", 30)));
            trial.abort();

            // then
            trial.awaitPhase(rollout, Phase.ROLLED_BACK);
            assertThat(trial.share("-green")).isZero();
        }
    }

    @Test
    @DisplayName("B17, line 27: both weights at 0 with the engine dead: the applier alone serves again")
    void servesAgainWithoutTheEngine() {
        try (var trial = new Trial("unserved")) {
            // given
            var rollout = atTenPercent(trial);
            var engine = World.running().services().get(SluiceService.ENGINE);
            engine.kill();

            // when
            try {
                trial.edit(List.of(trial.backend("-blue", 0), trial.backend("-green", 0)));
                await().atMost(READY_LIMIT).until(() -> trial.share("-blue") == 1);
            } finally {
                engine.start();
                engine.awaitReady(READY_LIMIT);
            }

            // then
            trial.awaitPhase(rollout, Phase.ROLLED_BACK);
        }
    }

    @Test
    @DisplayName("B17, line 27: a third backend's share stays through an adoption, its steps and the abort")
    void aThirdBackendKeepsItsShare() {
        try (var trial = new Trial("third")) {
            // given
            healthy(trial);
            trial.create(List.of(trial.backend("-blue", 60), trial.backend("-green", 0), trial.backend("-batch", 40)));
            var rollout = trial.start("1.1.0", text -> text + "    ownership: adopt\n");
            trial.awaitPhase(rollout, Phase.AWAITING_APPROVAL);
            assertThat(trial.share("-batch")).isEqualTo(0.4);

            // when
            trial.abort();

            // then
            trial.awaitPhase(rollout, Phase.ROLLED_BACK);
            assertThat(trial.share("-batch")).isEqualTo(0.4);
            assertThat(trial.share("-blue")).isEqualTo(0.6);
        }
    }

    @Test
    @DisplayName(
            "B40, line 23: two targets that turn out to be one object: the second is refused, the split doesn't flap")
    void twoTargetsOnOneObjectDontFight() {
        try (var trial = new Trial("shared")) {
            // given
            healthy(trial);

            // when
            var rollout = trial.start("1.1.0", HandsIT::onTwoClusters);

            // then
            await().atMost(READY_LIMIT)
                    .until(() -> trial.statuses().stream()
                            .anyMatch(status -> status.rollout().equals(rollout)
                                    && status.reason() != null
                                    && status.reason().contains("trafficsplits.split.smi-spec.io/shared")));
            assertThat(trial.weights().size()).isLessThan(5);
        }
    }

    private static String onTwoClusters(String text) {
        var target = "    cluster: prod\n    namespace: shop\n    strategy: careful\n";
        return text.replace(
                "  prod:\n" + target,
                "  prod:\n" + target.replace("prod", "prod-us") + "  other:\n" + target.replace("prod", "prod-eu"));
    }

    private static String atTenPercent(Trial trial) {
        healthy(trial);
        var rollout = trial.start("1.1.0");
        trial.awaitPhase(rollout, Phase.AWAITING_APPROVAL);
        return rollout;
    }

    private static void healthy(Trial trial) {
        trial.traffic().of("stable", 0);
        trial.traffic().of("canary", 0);
    }
}
