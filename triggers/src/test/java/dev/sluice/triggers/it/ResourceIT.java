package dev.sluice.triggers.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.KubernetesPart;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.wire.Json;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The watcher on a real API server, with the rights of its file; an engine that says what the test has it say. */
@EnabledIf("isRealThere")
@QuarkusTest
@QuarkusTestResource(value = KafkaTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = ClusterResource.class, restrictToAnnotatedClass = true)
class ResourceIT {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    KubernetesPart part;

    @TempDir
    Path folder;

    private KubernetesClient admin;
    private Engine engine;
    private String name;
    private String application;

    static boolean isRealThere() {
        return KubernetesPart.isRealThere();
    }

    @BeforeEach
    void open() {
        admin = part.client();
        engine = new Engine(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
        name = "checkout-" + NUMBERS.incrementAndGet();
        application = "shop/" + name;
    }

    @AfterEach
    void close() {
        engine.close();
        admin.close();
    }

    private Map<String, Object> spec(String revision, int weight) {
        return new TreeMap<>(Map.of(
                "version",
                "v1",
                "application",
                application,
                "revision",
                revision,
                "targets",
                Map.of("prod", Map.of("cluster", "prod", "namespace", "shop", "strategy", "careful")),
                "strategies",
                Map.of(
                        "careful",
                        Map.of("canary", Map.of("steps", List.of(Map.of("setWeight", Map.of("weight", weight)))))),
                "trafficManagement",
                List.of(Map.of("smi", List.of(Map.of("rootServiceName", "checkout"))))));
    }

    private Resource<GenericKubernetesResource> resource() {
        return admin.genericKubernetesResources(Kind.CONTEXT)
                .inNamespace("shop")
                .withName(name);
    }

    private void create(Map<String, Object> spec) {
        admin.genericKubernetesResources(Kind.CONTEXT)
                .resource(Kind.object("shop", name, spec))
                .create();
    }

    private void edit(Map<String, Object> spec) {
        patch(Map.of("spec", spec));
    }

    private void annotate(Map<String, String> annotations) {
        patch(Map.of("metadata", Map.of("annotations", annotations)));
    }

    /** Whatever the resource's version is by then: its status is written all the time. */
    private void patch(Map<String, ?> change) {
        resource()
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        Json.mapper().valueToTree(change).toString());
    }

    private JsonNode status() {
        var found = resource().get();
        return found == null
                ? Json.mapper().missingNode()
                : Json.mapper().valueToTree(found.getAdditionalProperties()).path("status");
    }

    private void awaitCondition(String type, String status) {
        await(type + " is " + status)
                .atMost(Engine.LIMIT)
                .until(() -> condition(type).equals(status));
    }

    private String condition(String type) {
        for (var each : status().path("conditions")) {
            if (each.path("type").asText().equals(type)) {
                return each.path("status").asText();
            }
        }
        return "";
    }

    private String kubectl(String... arguments) {
        try {
            var command = new ArrayList<>(List.of(
                    part.kubectl().orElseThrow().toString(),
                    "--kubeconfig",
                    part.writeKubeconfig(folder.resolve("kubeconfig")).toString(),
                    "-n",
                    "shop"));
            command.addAll(List.of(arguments));
            var output = folder.resolve("kubectl.out");
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            var said = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(process.exitValue()).as(said).isZero();
            return said;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsAppliedStartsAndKubectlSeesAndWaitsForIt() {
        // given
        create(spec("1.4.2", 5));
        var start = engine.await(application, "start");

        // when
        engine.says(start, Phase.ANALYZING);
        awaitCondition("Reconciling", "True");
        await().atMost(Engine.LIMIT).until(() -> status().path("phase").asText().equals("Analyzing"));
        var seen = kubectl("get", "slr", name);
        engine.says(start, Phase.PROMOTED);

        // then
        assertThat(start.actor()).isEqualTo("GitOps: SluiceRollout shop/" + name);
        assertThat(start.automated()).isTrue();
        assertThat(start.rollout().has("revision")).isFalse();
        assertThat(seen)
                .contains("APPLICATION", "PHASE", "WEIGHT")
                .contains(application, "1.4.2", "Analyzing", "3/7", "25");
        assertThat(kubectl("wait", "--for=condition=Promoted", "slr/" + name, "--timeout=60s"))
                .contains("condition met");
        assertThat(status().path("observedGeneration").asLong()).isEqualTo(1);
        assertThat(condition("Ready")).isEqualTo("True");
        assertThat(condition("Stalled")).isEqualTo("False");
    }

    @Test
    void b04WhatIsAskedAgainHasTheSameId() {
        // given
        create(spec("1.4.2", 5));

        // when
        await("it is asked again, for nobody answers")
                .atMost(Engine.LIMIT)
                .until(() -> engine.commands(application).count() >= 2);

        // then
        assertThat(engine.different(application, "start")).hasSize(1);
    }

    @Test
    void anotherRevisionStartsAndOtherStepsUpdateAndMetadataDoesNothing() {
        // given
        create(spec("1.4.2", 5));
        var first = engine.await(application, "start");
        engine.says(first, Phase.ANALYZING);
        await().atMost(Engine.LIMIT)
                .until(() -> status().path("rollout").asText().equals(first.id()));

        // when
        annotate(Map.of("argocd.argoproj.io/tracking-id", "x"));
        edit(spec("1.4.2", 10));
        var update = engine.await(application, "update");
        engine.decides(update, "Updated", "updated");
        edit(spec("1.4.3", 10));
        var second = engine.await(application, "start", 2);
        engine.says(first, Phase.ROLLED_BACK);
        engine.says(second, Phase.PROMOTED);
        awaitCondition("Promoted", "True");

        // then
        assertThat(update.expect().rollout()).isEqualTo(first.id());
        assertThat(second.revision()).isEqualTo("1.4.3");
        assertThat(engine.different(application, "start")).hasSize(2);
        assertThat(engine.different(application, "update")).hasSize(1);
        assertThat(status().path("observedGeneration").asLong()).isEqualTo(3);
    }

    @Test
    void whatTheEngineRefusesIsStalledWithItsWords() {
        // given
        create(spec("1.4.2", 5));
        var start = engine.await(application, "start");

        // when
        engine.refuses(start, "revision 1.4.2 is held: automation may start it again only after 'release'");
        awaitCondition("Stalled", "True");

        // then
        assertThat(status().path("message").asText()).contains("is held").contains("sluice release " + application);

        // and when
        engine.releases(application, "1.4.2");

        // then
        assertThat(engine.await(application, "start", 2).id()).isNotEqualTo(start.id());
        awaitCondition("Stalled", "False");
    }

    @Test
    void anOrderByAnnotationIsOneCommandPerNonce() {
        // given
        create(spec("1.4.2", 5));
        var start = engine.await(application, "start");
        engine.says(start, Phase.ANALYZING);
        await().atMost(Engine.LIMIT)
                .until(() -> status().path("rollout").asText().equals(start.id()));

        // when
        annotate(Map.of("sluice.dev/command", "abort", "sluice.dev/nonce", "1"));
        var abort = engine.await(application, "abort");
        engine.decides(abort, "RollbackBegan", "aborted");
        await().atMost(Engine.LIMIT)
                .until(() -> status().path("lastCommand").asText().equals("abort: carried out"));
        annotate(Map.of("sluice.dev/command", "abort", "sluice.dev/nonce", "1", "other", "x"));
        annotate(Map.of("sluice.dev/command", "pause", "sluice.dev/nonce", "2"));
        engine.await(application, "pause");

        // then
        assertThat(engine.different(application, "abort")).hasSize(1);
        assertThat(abort.automated()).isFalse();
        assertThat(abort.reason()).contains("who set it is not known");
    }

    @Test
    void aDeletionWaitsUntilTheRolloutWentBack() {
        // given
        create(spec("1.4.2", 5));
        var start = engine.await(application, "start");
        engine.says(start, Phase.ANALYZING);
        await().atMost(Engine.LIMIT)
                .until(() -> status().path("rollout").asText().equals(start.id()));

        // when
        resource().delete();
        var abort = engine.await(application, "abort");
        engine.says(start, Phase.ROLLING_BACK);
        await().atMost(Engine.LIMIT)
                .until(() -> status().path("message").asText().contains("deletion waits"));
        engine.says(start, Phase.ROLLED_BACK);

        // then
        await().atMost(Engine.LIMIT).until(() -> resource().get() == null);
        assertThat(abort.expect().rollout()).isEqualTo(start.id());
        assertThat(abort.automated()).isTrue();
    }

    @Test
    void aDeletionThatIsStuckCanBeLetGo() {
        // given
        create(spec("1.4.2", 5));
        var start = engine.await(application, "start");
        engine.says(start, Phase.ANALYZING);
        await().atMost(Engine.LIMIT)
                .until(() -> status().path("rollout").asText().equals(start.id()));
        resource().delete();
        engine.await(application, "abort");

        // when
        await().atMost(Engine.LIMIT)
                .until(() -> status().path("message").asText().contains("sluice.dev/let-go=true"));
        annotate(Map.of("sluice.dev/let-go", "true"));

        // then
        await().atMost(Engine.LIMIT).until(() -> resource().get() == null);
    }
}
