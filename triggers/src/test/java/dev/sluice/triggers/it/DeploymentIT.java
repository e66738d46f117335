package dev.sluice.triggers.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.KubernetesPart;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Annotated Deployments on a real API server, with the rights of the files; the test stands where a Deployment controller is. */
@EnabledIf("isRealThere")
@QuarkusTest
@QuarkusTestResource(value = KafkaTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = ClusterResource.class, restrictToAnnotatedClass = true)
class DeploymentIT {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    KubernetesPart part;

    @ConfigProperty(name = "sluice.triggers.hooks.files")
    Path files;

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
        name = "deployed-" + NUMBERS.incrementAndGet();
        application = "shop/" + name;
    }

    @AfterEach
    void close() {
        engine.close();
        admin.close();
    }

    private void file(String namespace) throws IOException {
        Files.writeString(files.resolve(name + ".yaml"), """
                version: v1
                application: %s
                targets:
                  prod: {cluster: prod, namespace: %s, strategy: careful}
                strategies:
                  careful: {canary: {steps: [{setWeight: {weight: 5}}]}}
                trafficManagement:
                  - smi: [{rootServiceName: checkout}]
                """.formatted(application, namespace));
    }

    private void create(String version) {
        admin.apps()
                .deployments()
                .inNamespace("shop")
                .resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName(name)
                        .addToAnnotations("sluice.dev/rollout", name + ".yaml")
                        .addToAnnotations("deployment.kubernetes.io/revision", "1")
                        .endMetadata()
                        .withNewSpec()
                        .withNewSelector()
                        .addToMatchLabels("app", name)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", name)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("app")
                        .withImage("registry.example.com/checkout:" + version)
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
    }

    private Deployment deployment() {
        return admin.apps().deployments().inNamespace("shop").withName(name).get();
    }

    private void patch(String change) {
        admin.apps()
                .deployments()
                .inNamespace("shop")
                .withName(name)
                .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), change);
    }

    /** As whoever releases, and then the controller. */
    private void change(String version, int number) {
        patch("""
                {"spec":{"template":{"spec":{"containers":[{"name":"app","image":"registry.example.com/checkout:%s"}]}}}}""".formatted(version));
        number(number);
    }

    private void number(int number) {
        patch("""
                {"metadata":{"annotations":{"deployment.kubernetes.io/revision":"%d"}}}""".formatted(number));
    }

    private void awaitStarted(String number) {
        await("template " + number + " is remembered")
                .atMost(Engine.LIMIT)
                .until(() -> (deployment().getMetadata().getUid() + "/" + number)
                        .equals(deployment().getMetadata().getAnnotations().get("sluice.dev/rollout-started")));
    }

    private List<Event> events(String reason) {
        return admin.v1().events().inNamespace("shop").list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getName().equals(name))
                .filter(event -> event.getReason().equals(reason))
                .toList();
    }

    private Event awaitEvent(String reason) {
        return await(reason)
                .atMost(Engine.LIMIT)
                .until(() -> events(reason), found -> !found.isEmpty())
                .getFirst();
    }

    @Test
    void aChangedTemplateStartsOneRolloutAndItsFirstStartsNone() throws IOException {
        // given
        file("shop");
        create("1.4.1");
        awaitStarted("1");
        awaitEvent("RolloutWaits");

        // when
        change("1.4.2", 2);

        // then
        var start = engine.await(application, "start");
        assertThat(start.revision()).isEqualTo("1.4.2");
        assertThat(start.actor()).isEqualTo("GitOps: Deployment shop/" + name);
        awaitStarted("2");
        assertThat(awaitEvent("RolloutAsked").getMessage()).contains(application, "1.4.2", start.id());

        // and when
        patch("""
                {"spec":{"replicas":3},"metadata":{"labels":{"team":"checkout"}}}""");
        change("1.4.3", 3);

        // then
        assertThat(engine.await(application, "start", 2).revision()).isEqualTo("1.4.3");
        assertThat(engine.different(application, "start")).hasSize(2);
    }

    @Test
    void whatTheEngineRefusesIsSaidOnTheDeployment() throws IOException {
        // given
        file("shop");
        create("1.4.1");
        awaitStarted("1");
        change("1.4.2", 2);

        // when
        engine.refuses(engine.await(application, "start"), "a freeze until Monday");

        // then
        assertThat(awaitEvent("RolloutRefused"))
                .returns("Warning", Event::getType)
                .returns("a freeze until Monday", Event::getMessage);
    }

    @Test
    void whatCannotBeStartedStartsOnceSomebodyHasCorrectedIt() throws IOException {
        // given
        file("payments");
        create("1.4.1");
        awaitStarted("1");
        change("1.4.2", 2);
        assertThat(awaitEvent("RolloutNotAsked").getMessage()).contains("no target in the namespace shop");

        // when
        file("shop");

        // then
        assertThat(engine.await(application, "start").revision()).isEqualTo("1.4.2");
    }

    @Test
    void aToolThatReplacesTheWholeObjectHidesNoChange() throws IOException {
        // given
        file("shop");
        create("1.4.1");
        awaitStarted("1");

        // when
        patch("""
                {"metadata":{"annotations":{"sluice.dev/rollout-started":null,"deployment.kubernetes.io/revision":"2"}}}""");

        // then
        assertThat(engine.await(application, "start").revision()).isEqualTo("1.4.1");
    }

    @Test
    void whoTakesTheAnnotationAwayBeginsAnewWithIt() throws IOException {
        // given
        file("shop");
        create("1.4.1");
        awaitStarted("1");

        // when
        patch("""
                {"metadata":{"annotations":{"sluice.dev/rollout":null}}}""");
        await().atMost(Engine.LIMIT)
                .until(() -> !deployment().getMetadata().getAnnotations().containsKey("sluice.dev/rollout-started"));
        change("1.4.2", 2);
        patch("""
                {"metadata":{"annotations":{"sluice.dev/rollout":"%s.yaml"}}}""".formatted(name));

        // then
        awaitStarted("2");
        assertThat(engine.commands(application)).isEmpty();
    }
}
