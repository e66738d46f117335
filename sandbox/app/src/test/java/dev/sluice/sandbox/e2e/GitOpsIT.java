package dev.sluice.sandbox.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.sandbox.Services;
import dev.sluice.sandbox.SluiceService;
import dev.sluice.sandbox.parts.Definitions;
import dev.sluice.sandbox.parts.FreePort;
import dev.sluice.sandbox.parts.KubernetesPart;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.wire.Json;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A rollout that is applied like any other object: the triggers, the engine and the applier on one API server. */
@EnabledIf("isRealThere")
class GitOpsIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder()
            .withGroup("sluice.dev")
            .withVersion("v1")
            .withKind("SluiceRollout")
            .withPlural("sluicerollouts")
            .withNamespaced(true)
            .build();

    private static Services triggers;
    private static KubernetesClient client;

    static boolean isRealThere() {
        return KubernetesPart.isRealThere();
    }

    @BeforeAll
    static void start() throws IOException {
        var world = World.running();
        client = world.platform().client();
        try (var yaml = Files.newInputStream(World.ROOT.resolve("deploy/crds/sluicerollouts.sluice.dev.yaml"))) {
            Definitions.read(client, yaml).forEach(definition -> Definitions.install(client, definition));
        }
        triggers = Services.start(
                world.platform(),
                List.of(SluiceService.TRIGGERS),
                World.ROOT,
                World.ROOT.resolve("sandbox/app/target/e2e/logs"),
                service -> FreePort.any(),
                service -> Services.SMALL,
                Map.of());
    }

    @AfterAll
    static void stop() {
        if (triggers != null) {
            triggers.close();
        }
    }

    private static Resource<GenericKubernetesResource> resource(String name) {
        return client.genericKubernetesResources(KIND)
                .inNamespace(Trial.NAMESPACE)
                .withName(name);
    }

    private static Map<String, Object> spec(String name, String revision) {
        try (var yaml = GitOpsIT.class.getResourceAsStream("/e2e-rollout.yaml")) {
            var text = new String(yaml.readAllBytes(), UTF_8).replace("NAME", name);
            Map<String, Object> spec =
                    new HashMap<>(new YAMLMapper().readValue(text, new TypeReference<Map<String, Object>>() {}));
            spec.put("revision", revision);
            return spec;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void apply(String name, Map<String, Object> spec) {
        var object = new GenericKubernetesResource();
        object.setApiVersion("sluice.dev/v1");
        object.setKind("SluiceRollout");
        object.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(Trial.NAMESPACE)
                .build());
        object.setAdditionalProperty("spec", spec);
        client.resource(object)
                .fieldManager("argocd-controller")
                .forceConflicts()
                .serverSideApply();
    }

    private static JsonNode status(String name) {
        var found = resource(name).get();
        return found == null
                ? Json.mapper().missingNode()
                : Json.mapper().valueToTree(found.getAdditionalProperties()).path("status");
    }

    private static boolean holds(String name, String condition) {
        for (var each : status(name).path("conditions")) {
            if (each.path("type").asText().equals(condition)) {
                return each.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private static String awaitPhase(String name, Phase phase) {
        await(name + " is " + phase)
                .atMost(LIMIT)
                .until(() -> status(name).path("phase").asText().equals(phase.word()));
        return status(name).path("rollout").asText();
    }

    @Test
    void whatIsAppliedIsPromotedAndAnEditOfItsStepsTouchesNothingAfterwards() {
        var name = "synced";
        try (var trial = new Trial(name)) {
            // given
            trial.traffic().release("1.1.0");
            trial.traffic().of("stable", 0);
            trial.traffic().of("canary", 0);

            // when
            apply(name, spec(name, "1.1.0"));
            awaitPhase(name, Phase.AWAITING_APPROVAL);
            trial.approve();

            // then
            await().atMost(LIMIT).until(() -> holds(name, "Promoted") && holds(name, "Ready"));
            await().untilAsserted(() -> assertThat(trial.weights()).containsExactly(0.0, 10.0, 50.0, 100.0));

            // and when
            var edited = spec(name, "1.1.0");
            edited.put("description", "other words");
            apply(name, edited);

            // then
            await().atMost(LIMIT)
                    .until(() -> status(name).path("message").asText().contains("next release"));
            assertThat(trial.weights()).containsExactly(0.0, 10.0, 50.0, 100.0);
        }
    }

    @Test
    void whatTheEngineDoesNotTakeIsStalledWithItsWords() {
        var name = "mistaken";
        try (var trial = new Trial(name)) {
            // given
            var spec = spec(name, "1.1.0");
            spec.put("strategys", Map.of());

            // when
            apply(name, spec);

            // then
            await().atMost(LIMIT).until(() -> holds(name, "Stalled"));
            assertThat(status(name).path("message").asText()).contains("/strategys");
            assertThat(trial.statuses()).isEmpty();
        }
    }

    @Test
    @DisplayName("B47: what a person went back from is started by a resource once somebody says release")
    void aPersonsWordHolds() {
        var name = "held";
        try (var trial = new Trial(name)) {
            // given
            apply(name, spec(name, "1.1.0"));
            awaitPhase(name, Phase.AWAITING_APPROVAL);
            trial.abort();
            awaitPhase(name, Phase.ROLLED_BACK);

            // when
            var edited = spec(name, "1.1.0");
            edited.put("description", "tried once more");
            apply(name, edited);

            // then
            await().atMost(LIMIT)
                    .until(() -> status(name).path("message").asText().contains("is held"));
            assertThat(holds(name, "Stalled")).isTrue();

            // and when
            trial.release();

            // then
            awaitPhase(name, Phase.AWAITING_APPROVAL);
        }
    }

    @Test
    void aDeletionBringsTheRolloutBackFirst() {
        var name = "deleted";
        try (var trial = new Trial(name)) {
            // given
            apply(name, spec(name, "1.1.0"));
            var rollout = awaitPhase(name, Phase.AWAITING_APPROVAL);

            // when
            resource(name).delete();

            // then
            trial.awaitPhase(rollout, Phase.ROLLED_BACK);
            await().atMost(LIMIT).until(() -> resource(name).get() == null);
            assertThat(trial.share("-green")).isZero();
        }
    }
}
