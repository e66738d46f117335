package dev.sluice.sandbox.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What tests and sandbox may rely on whichever Kubernetes API runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KubernetesPartContract {
    private static final String NAMESPACE = "shop";

    @TempDir
    private Path folder;

    private KubernetesPart part;
    private KubernetesClient client;

    abstract KubernetesPart start();

    @BeforeAll
    void startPart() {
        part = start();
        client = part.client();
        KubernetesPart.createNamespaces(client, List.of(NAMESPACE));
        Containers.say("Kubernetes", part.describe());
    }

    @BeforeEach
    void serveTheNewestSplit() {
        TrafficSplits.V1ALPHA4.install(client);
    }

    @AfterAll
    void stopPart() {
        client.close();
        part.close();
    }

    @Test
    void servesTheVersionOfTrafficSplitThatWasInstalledLast() {
        for (var splits : TrafficSplits.values()) {
            // given / when
            splits.install(client);
            // then
            var group = client.getApiGroup(TrafficSplits.GROUP);
            assertThat(group.getVersions())
                    .extracting(version -> version.getVersion())
                    .containsExactly(splits.version());
            client.resource(split("of-" + splits.version(), splits.version(), 0))
                    .create();
        }
    }

    @ParameterizedTest
    @EnumSource
    void servesWhatAMeshKeepsItsWeightsIn(MeshKinds kinds) {
        // given / when
        kinds.install(client);
        kinds.install(client);
        // then
        for (var definition : kinds.definitions(client)) {
            var spec = definition.getSpec();
            for (var version : spec.getVersions()) {
                assertThat(client.getApiResources(spec.getGroup() + "/" + version.getName())
                                .getResources())
                        .extracting(kind -> kind.getName())
                        .contains(spec.getNames().getPlural());
            }
        }
    }

    @Test
    void namesTheMeshesThatItHasKindsOf() {
        // when / then
        assertThat(MeshKinds.of("gatewayApi")).isEqualTo(MeshKinds.GATEWAY_API);
        assertThatThrownBy(() -> MeshKinds.of("gatewayapi"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'gatewayapi'", "smi, gatewayApi, istio,");
    }

    @Test
    void refusesAWriteWithAnOldResourceVersion() {
        // given
        var first = client.resource(split("guarded", "v1alpha4", 0)).create();
        client.resource(withWeight(first, 10)).update();
        // when / then
        assertThatThrownBy(() -> client.resource(withWeight(first, 20)).update())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(409));
    }

    @Test
    void makesOneReadySliceForAServiceWithoutEndpoints() {
        try (var maker = EndpointMaker.start(client)) {
            // given
            assertThat(maker).isNotNull();
            // when
            client.resource(service("checkout", "false")).create();
            client.resource(service("declined", "true")).create();
            client.resource(service("last", "false")).create();
            // then
            await().atMost(10, TimeUnit.SECONDS).until(() -> readyEndpoints("last") == 1);
            assertThat(readyEndpoints("checkout")).isOne();
            assertThat(readyEndpoints("declined")).isZero();
        }
    }

    @Test
    @EnabledIf("hasKubectl")
    void answersKubectl() throws Exception {
        // given
        client.resource(split("seen", "v1alpha4", 25)).create();
        var kubeconfig = part.writeKubeconfig(folder.resolve("kubeconfig"));
        // when
        var kubectl = new ProcessBuilder(
                        part.kubectl().orElseThrow().toString(),
                        "--kubeconfig=" + kubeconfig,
                        "--namespace=" + NAMESPACE,
                        "get",
                        "trafficsplit",
                        "seen",
                        "-o",
                        "yaml")
                .redirectErrorStream(true)
                .start();
        var output = new String(kubectl.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        // then
        assertThat(kubectl.waitFor()).as(output).isZero();
        assertThat(output).contains("name: seen", "weight: 25", "weight: 75");
    }

    boolean hasKubectl() {
        return ApiBinaries.kubectl().isPresent();
    }

    private long readyEndpoints(String service) {
        return client
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(NAMESPACE)
                .withLabel("kubernetes.io/service-name", service)
                .list()
                .getItems()
                .stream()
                .flatMap(slice -> slice.getEndpoints().stream())
                .filter(endpoint -> endpoint.getConditions().getReady())
                .count();
    }

    private static GenericKubernetesResource withWeight(GenericKubernetesResource split, int canary) {
        var copy = Serialization.clone(split);
        copy.setAdditionalProperty(
                "spec", split(copy.getMetadata().getName(), "v1alpha4", canary).get("spec"));
        return copy;
    }

    private static GenericKubernetesResource split(String name, String version, int canary) {
        return Serialization.unmarshal(
                """
                apiVersion: split.smi-spec.io/%s
                kind: TrafficSplit
                metadata: {name: %s, namespace: %s}
                spec:
                  service: checkout
                  backends: [{service: checkout, weight: %d}, {service: checkout-canary, weight: %d}]
                """.formatted(version, name, NAMESPACE, 100 - canary, canary), GenericKubernetesResource.class);
    }

    private static Service service(String name, String declined) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .addToAnnotations(EndpointMaker.NO_ENDPOINTS, declined)
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
    }
}
