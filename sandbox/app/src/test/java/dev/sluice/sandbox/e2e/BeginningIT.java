package dev.sluice.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.schemas.message.Phase;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a rollout finds when it begins, and that it moves nothing because of it. */
class BeginningIT {
    @Test
    @DisplayName("B29, line 22: a second release whose stable pods have a readiness gap waits, and keeps its approval")
    void aReadinessGapIsNoFirstDeployment() {
        try (var trial = new Trial("gap")) {
            // given
            healthy(trial);
            var first = trial.start("1.1.0");
            trial.awaitPhase(first, Phase.AWAITING_APPROVAL);
            trial.approve();
            trial.awaitPhase(first, Phase.PROMOTED);
            trial.ready("-green", false);

            // when
            var second = trial.start("1.2.0");

            // then
            var waiting = trial.awaitStatus(
                    second,
                    "a reason that names the Service",
                    status -> status.reason() != null && status.reason().contains("shop/gap-green"));
            assertThat(waiting.phase().isFinal()).isFalse();

            // when
            trial.ready("-green", true);

            // then
            trial.awaitPhase(second, Phase.AWAITING_APPROVAL);
            await().untilAsserted(() -> assertThat(trial.weights()).containsExactly(0.0, 10.0, 50.0, 100.0, 90.0));
        }
    }

    @Test
    @DisplayName("B29, line 22: a start just before the apply of a brand-new shop goes its steps")
    void aStartBeforeItsServicesIsNoFirstDeployment() {
        try (var trial = new Trial("early", (topic, key) -> null, List.of())) {
            // given
            healthy(trial);

            // when
            var rollout = trial.start("1.1.0");
            List.of("", "-blue", "-green").forEach(trial::serve);

            // then
            trial.awaitPhase(rollout, Phase.AWAITING_APPROVAL);
            await().untilAsserted(() -> assertThat(trial.weights()).containsExactly(0.0, 10.0));
        }
    }

    @Test
    @DisplayName("B52, line 29: a root Service that doesn't exist is named, and nothing is promoted without it")
    void aMissingRootServiceIsNamed() {
        try (var trial = new Trial("rootless", (topic, key) -> null, List.of("-blue", "-green"))) {
            // given
            healthy(trial);

            // when
            var rollout = trial.start("1.1.0");

            // then
            trial.awaitStatus(
                    rollout,
                    "a reason that names the Service",
                    status -> status.reason() != null
                            && status.reason().contains("Service shop/rootless does not exist"));
            assertThat(trial.weights()).isEmpty();

            // when
            trial.serve("");

            // then
            trial.awaitPhase(rollout, Phase.AWAITING_APPROVAL);
        }
    }

    @Test
    @DisplayName(
            "B51, line 24: a split adopted at 50 % is judged and approved at 50 %, and raised by the next step alone")
    void anAdoptedSplitKeepsItsApproval() {
        try (var trial = new Trial("adopted")) {
            // given
            healthy(trial);
            trial.create(List.of(trial.backend("-blue", 50), trial.backend("-green", 50)));

            // when
            var rollout = trial.start("1.1.0", text -> text + "    ownership: adopt\n");

            // then
            trial.awaitPhase(rollout, Phase.AWAITING_APPROVAL);
            assertThat(trial.weights()).containsExactly(50.0);

            // when
            trial.approve();

            // then
            trial.awaitPhase(rollout, Phase.PROMOTED);
            await().untilAsserted(() -> assertThat(trial.weights()).containsExactly(50.0, 100.0));
        }
    }

    private static void healthy(Trial trial) {
        trial.traffic().of("stable", 0);
        trial.traffic().of("canary", 0);
    }
}
