package dev.sluice.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.schemas.message.Phase;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RestoredDatabaseIT {
    private static final String FENCE = "sluice.dev/fence-";

    @Test
    @DisplayName("B34: over a route whose annotation carries a later generation than the database, the fence is raised")
    void aRolloutGoesOnOverAFenceThatTheDatabaseDoesNotKnow() {
        try (var trial = new Trial("restored")) {
            // given
            trial.traffic().of("stable", 0);
            trial.traffic().of("canary", 0);
            promote(trial, "1.1.0");
            var unknown = Instant.now().plus(Duration.ofDays(1)).toEpochMilli();
            trial.split().edit(split -> withGeneration(split, unknown));
            // when
            promote(trial, "1.2.0");
            // then
            assertThat(generation(trial.split().get())).isGreaterThan(unknown);
            await().untilAsserted(
                            () -> assertThat(trial.weights()).containsExactly(0.0, 10.0, 50.0, 100.0, 90.0, 50.0, 0.0));
        }
    }

    private static void promote(Trial trial, String revision) {
        var rollout = trial.start(revision);
        trial.awaitPhase(rollout, Phase.AWAITING_APPROVAL);
        trial.approve();
        trial.awaitPhase(rollout, Phase.PROMOTED);
    }

    private static GenericKubernetesResource withGeneration(GenericKubernetesResource split, long generation) {
        // "generation.sequence=weight"
        split.getMetadata()
                .getAnnotations()
                .replaceAll((key, value) ->
                        key.startsWith(FENCE) ? generation + value.substring(value.indexOf('.')) : value);
        return split;
    }

    private static long generation(GenericKubernetesResource split) {
        return split.getMetadata().getAnnotations().entrySet().stream()
                .filter(annotation -> annotation.getKey().startsWith(FENCE))
                .mapToLong(annotation -> Long.parseLong(annotation.getValue().split("\\.")[0]))
                .max()
                .orElseThrow();
    }
}
