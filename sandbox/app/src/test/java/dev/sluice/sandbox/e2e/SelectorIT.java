package dev.sluice.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.schemas.message.Phase;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.dsl.ServiceResource;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B20: onPromoted: selector")
class SelectorIT {
    private static ServiceResource<Service> service(String name) {
        return World.running()
                .platform()
                .client()
                .services()
                .inNamespace(Trial.NAMESPACE)
                .withName(name);
    }

    private static void select(String name, String version) {
        service(name).edit(service -> {
            service.getSpec().setSelector(Map.of("app", "checkout", "version", version));
            return service;
        });
    }

    private static Map<String, String> selector(String name) {
        return service(name).get().getSpec().getSelector();
    }

    private static String file(String usual) {
        return usual.replace("trafficManagement:\n  - smi:", "trafficManagement:\n  - onPromoted: selector\n    smi:");
    }

    @Test
    void theActiveServiceGetsTheCanarysSelectorAndThenTheTraffic() {
        try (var trial = new Trial("selected")) {
            // given
            select("selected-blue", "1.0.0");
            select("selected-green", "1.1.0");
            trial.traffic().of("stable", 0);
            trial.traffic().of("canary", 0);
            var rollout = trial.start("1.1.0", SelectorIT::file);
            trial.awaitPhase(rollout, Phase.AWAITING_APPROVAL);
            assertThat(selector("selected-blue")).containsEntry("version", "1.0.0");

            // when
            trial.approve();

            // then
            trial.awaitPhase(rollout, Phase.PROMOTED);
            assertThat(selector("selected-blue")).isEqualTo(selector("selected-green"));
            assertThat(selector("selected-green")).containsEntry("version", "1.1.0");
            await().untilAsserted(() -> assertThat(trial.weights()).containsExactly(0.0, 10.0, 50.0, 100.0, 0.0));
        }
    }

    @Test
    void aRolloutThatGoesBackLeavesItAsItWas() {
        try (var trial = new Trial("unselected")) {
            // given
            select("unselected-blue", "1.0.0");
            select("unselected-green", "1.1.0");
            trial.traffic().of("stable", 0);
            trial.traffic().of("canary", 0);
            var rollout = trial.start("1.1.0", SelectorIT::file);
            trial.awaitPhase(rollout, Phase.AWAITING_APPROVAL);

            // when
            trial.abort();

            // then
            trial.awaitPhase(rollout, Phase.ROLLED_BACK);
            assertThat(selector("unselected-blue")).containsEntry("version", "1.0.0");
        }
    }
}
