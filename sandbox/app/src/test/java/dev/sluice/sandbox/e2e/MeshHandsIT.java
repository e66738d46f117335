package dev.sluice.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.schemas.message.Phase;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Other hands on an HTTPRoute that a rollout moves weights in. */
class MeshHandsIT {
    @Test
    @DisplayName("B15: a weight edited by hand is put back and told as drift, what else was edited with it stays")
    void aWeightEditedByHandIsPutBack() {
        try (var trial = new MeshTrial(MeshCase.GATEWAY_API, "-edited")) {
            // given
            var rollout = trial.startAndAwaitApproval("1.1.0");
            // when
            trial.edit(route -> {
                backend(route, 0).put("weight", 60);
                backend(route, 1).put("weight", 40);
                spec(route).put("hostnames", List.of("new.example.io"));
                return route;
            });
            // then
            await().untilAsserted(() -> assertThat(trial.shares().getFirst()).containsExactly(0.0, 10.0, 40.0, 10.0));
            var status =
                    trial.trial().awaitStatus(rollout, "a status that tells of drift", some -> some.drift() != null);
            assertThat(status.drift().count()).isOne();
            // when
            trial.trial().approve();
            // then
            trial.trial().awaitPhase(rollout, Phase.PROMOTED);
            assertThat(spec(trial.object())).containsEntry("hostnames", List.of("new.example.io"));
        }
    }

    @Test
    @DisplayName("B15: a canary set to 0 by hand is an abort")
    void aCanarySetToZeroByHandStaysThere() {
        try (var trial = new MeshTrial(MeshCase.GATEWAY_API, "-zeroed")) {
            // given
            var rollout = trial.startAndAwaitApproval("1.1.0");
            // when
            trial.edit(route -> {
                backend(route, 1).put("weight", 0);
                return route;
            });
            // then
            trial.trial().awaitPhase(rollout, Phase.ROLLED_BACK);
            assertThat(trial.shares().getFirst()).containsExactly(0.0, 10.0, 0.0);
        }
    }

    private static Map<String, Object> spec(GenericKubernetesResource route) {
        return route.get("spec");
    }

    private static Map<String, Object> backend(GenericKubernetesResource route, int place) {
        return route.get("spec", "rules", 1, "backendRefs", place);
    }
}
