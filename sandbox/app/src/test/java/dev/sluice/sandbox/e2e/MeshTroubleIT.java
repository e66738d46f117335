package dev.sluice.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.schemas.message.Phase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong around a user's own objects, and that traffic stays where somebody serves. */
class MeshTroubleIT {
    @Test
    @DisplayName("B52: a subset that the DestinationRule doesn't have is named, and nothing moves")
    void aMissingSubsetIsNamed() {
        try (var trial = new MeshTrial(MeshCase.ISTIO_SUBSETS, "-lacking")) {
            // when
            var rollout = trial.trial().start("1.1.0", file -> trial.file(file).replace("Name: green", "Name: teal"));
            // then
            var end = trial.trial().awaitPhase(rollout, Phase.CANCELLED);
            assertThat(end.reason()).contains("has no subset teal: add it");
            assertThat(trial.shares()).containsExactly(List.of(0.0));
        }
    }

    @Test
    @DisplayName("B52: a route that isn't there is named, and what has to be in it")
    void aMissingRouteIsNamed() {
        try (var trial = new MeshTrial(MeshCase.GATEWAY_API, "-absent")) {
            // given
            trial.delete();
            // when
            var rollout = trial.trial().start("1.1.0", trial::file);
            // then
            var end = trial.trial().awaitPhase(rollout, Phase.CANCELLED);
            assertThat(end.reason()).contains("isn't there: create it, with all weight on gateway-api-absent-blue");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ISTIO_SUBSETS", "KUBERNETES"})
    @DisplayName(
            "B18: backends that are told apart by labels wait for a ready pod, and roll back when the last is gone")
    void podsAreCountedByTheirLabels(MeshCase mesh) {
        try (var trial = new MeshTrial(mesh, "-unready")) {
            // given
            trial.ready(Moved.GREEN, false);
            // when
            var rollout = trial.trial().start("1.1.0", trial::file);
            // then
            var waiting = trial.trial()
                    .awaitStatus(
                            rollout,
                            "a status that names what isn't ready",
                            status -> status.reason() != null
                                    && status.reason().contains("ready endpoints behind " + server(mesh)));
            assertThat(waiting.weight().applied().isZero()).isTrue();
            // when
            trial.ready(Moved.GREEN, true);
            trial.trial().awaitPhase(rollout, Phase.AWAITING_APPROVAL);
            trial.ready(Moved.GREEN, false);
            // then
            trial.trial().awaitPhase(rollout, Phase.ROLLED_BACK);
            var top = (double) mesh.steps().getFirst();
            await().untilAsserted(() -> assertThat(trial.shares()).containsExactly(List.of(0.0, top, 0.0)));
        }
    }

    private static String server(MeshCase mesh) {
        return mesh == MeshCase.KUBERNETES
                ? "Service shop/kubernetes-unready-preview"
                : "green of Service shop/istio-subsets-unready";
    }

    @Test
    @DisplayName("B17: a selector that leads to neither version is put back to the active one, engine or no engine")
    void aSelectorThatLeadsNowhereIsPutBack() {
        try (var trial = new MeshTrial(MeshCase.KUBERNETES, "-astray")) {
            // given
            var rollout = trial.startAndAwaitApproval("1.1.0");
            // when
            trial.edit(service -> {
                Map<String, Object> spec = service.get("spec");
                spec.put("selector", Map.of("app", "another"));
                return service;
            });
            // then
            trial.trial().awaitPhase(rollout, Phase.ROLLED_BACK);
            assertThat(Moved.tree(trial.object()).at("/spec/selector/version").asText())
                    .isEqualTo(Moved.BLUE);
        }
    }

    @Test
    @DisplayName("B09, B20: a Service whose annotations were lost in the middle of a rollout goes back all the same")
    void aServiceWithoutItsAnnotationsGoesBack() {
        try (var trial = new MeshTrial(MeshCase.KUBERNETES, "-stripped")) {
            // given
            var rollout = trial.startAndAwaitApproval("1.1.0");
            // when
            trial.edit(service -> {
                service.getMetadata().setAnnotations(Map.of());
                return service;
            });
            trial.trial().abort();
            // then
            trial.trial().awaitPhase(rollout, Phase.ROLLED_BACK);
            await().untilAsserted(() -> assertThat(trial.shares()).containsExactly(List.of(0.0, 100.0, 0.0)));
        }
    }

    @Test
    @DisplayName("B20: the preview Service shows the version that is to be, also after the roles were swapped")
    void thePreviewShowsTheVersionThatIsToBe() {
        try (var trial = new MeshTrial(MeshCase.KUBERNETES, "-shown")) {
            // given
            trial.promote("1.1.0");
            // when
            trial.trial().start("1.2.0", trial::file);
            // then
            await().untilAsserted(() -> assertThat(trial.selector("-preview")).containsEntry("version", Moved.BLUE));
        }
    }
}
