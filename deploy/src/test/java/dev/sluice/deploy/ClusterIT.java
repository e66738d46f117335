package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.deploy.Helm.Values;
import dev.sluice.sandbox.parts.Definitions;
import dev.sluice.sandbox.parts.KubernetesPart;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real API server takes all that the chart and Strimzi's resources are made of, to the letter. */
class ClusterIT {
    private static final Path DEFINITIONS = Path.of("src/test/resources/definitions");

    private static KubernetesPart part;
    private static KubernetesClient client;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(KubernetesPart.isRealThere(), "without a kube-apiserver (CONTRIBUTING.md)");
        part = KubernetesPart.start(KubernetesPart.Choice.REAL);
        client = part.client();
        KubernetesPart.createNamespaces(client, List.of("sluice", "shop", "pay", "kafka", "elsewhere"));
        try (var files = Files.list(DEFINITIONS)) {
            for (var file : files.toList()) {
                try (var yaml = Files.newInputStream(file)) {
                    Definitions.read(client, yaml).forEach(definition -> Definitions.install(client, definition));
                }
            }
        }
    }

    @AfterAll
    static void stop() {
        if (part != null) {
            client.close();
            part.close();
        }
    }

    /** Unknown fields are refused, and nothing is kept. */
    private static void isTaken(JsonNode object) {
        var resource = Serialization.unmarshal(object.toString(), GenericKubernetesResource.class);
        assertThat(client.resource(resource)
                        .dryRun()
                        .fieldValidation(FieldValidateable.Validation.STRICT)
                        .create()
                        .getMetadata()
                        .getName())
                .isEqualTo(resource.getMetadata().getName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"least", "namespaces", "certificates", "everything"})
    void takesEveryObjectOfTheChart(String values) {
        // given
        var rendered = Helm.template(Values.least(), Values.named(values));

        // then
        assertThat(rendered.objects()).hasSizeGreaterThan(10).allSatisfy(ClusterIT::isTaken);
    }

    /** As Kubernetes' Pod Security Standards have it, which the API server holds pods against. */
    @Test
    void takesItsPodsWhereOnlyRestrictedOnesAreAllowed() {
        // given
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("restricted")
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
        var pods = Helm.template(Values.least(), Values.named("everything")).pods();

        // then
        assertThat(pods).hasSize(6);
        pods.forEach((name, spec) -> isTaken(pod(name, spec.deepCopy())));
        assertThat(refusal(
                        pod("root", pods.get("notifier").<ObjectNode>deepCopy().without("securityContext"))))
                .contains("violates PodSecurity");
    }

    private static JsonNode pod(String name, JsonNode spec) {
        var pod = JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Pod");
        pod.putObject("metadata").put("name", name).put("namespace", "restricted");
        return pod.set("spec", spec);
    }

    @Test
    void takesStrimzisResources() {
        assertThat(Stream.of("strimzi/topics.yaml", "strimzi/users.yaml", "strimzi/keda.yaml")
                        .map(Path::of)
                        .flatMap(file -> Yaml.documents(file).stream()))
                .hasSizeGreaterThan(10)
                .allSatisfy(ClusterIT::isTaken);
    }

    /** So that the tests above can fail. */
    @Test
    void refusesWhatItDoesNotKnow() {
        var misspelt = Yaml.documents("""
                {apiVersion: v1, kind: Service, metadata: {name: sluice, namespace: sluice}, spec: {port: [{port: 80}]}}
                """).getFirst();

        assertThat(refusal(misspelt)).contains("unknown field \"spec.port\"");
    }

    private static String refusal(JsonNode object) {
        try {
            isTaken(object);
            return "";
        } catch (KubernetesClientException refused) {
            return refused.getMessage();
        }
    }

    @Test
    void isInstalledUpgradedAndUninstalledByHelm() {
        // given
        var environment = Map.of(
                "KUBECONFIG", part.writeKubeconfig(folder.resolve("kubeconfig")).toString());
        var chart = Helm.CHART.toString();
        var least = Values.least().file().toString();
        var deployments = client.apps().deployments().inNamespace("elsewhere");

        // when it is new
        var installed = Helm.run(
                environment,
                "install",
                "trial",
                chart,
                "-n",
                "elsewhere",
                "-f",
                least,
                "--set",
                "traces.endpoint=http://collector:4317");

        // then
        assertThat(installed.err()).doesNotContain("Error");
        assertThat(installed.out())
                .contains("Nobody may do anything yet by HTTP", "port-forward", "unless networkPolicy.egress");
        assertThat(deployments
                        .withName("trial-sluice-rollout-engine")
                        .get()
                        .getSpec()
                        .getReplicas())
                .isEqualTo(2);
        assertThat(client.getApiResources("sluice.dev/v1").getResources()).isNotEmpty();

        // when something changes
        var upgraded = Helm.run(
                environment, "upgrade", "trial", chart, "-n", "elsewhere", "-f", least, "--set", "engine.replicas=3");

        // then
        assertThat(upgraded.exitCode()).as(upgraded.err()).isZero();
        assertThat(deployments
                        .withName("trial-sluice-rollout-engine")
                        .get()
                        .getSpec()
                        .getReplicas())
                .isEqualTo(3);

        // when it goes
        var gone = Helm.run(environment, "uninstall", "trial", "-n", "elsewhere");

        // then
        assertThat(gone.exitCode()).as(gone.err()).isZero();
        assertThat(deployments.list().getItems()).isEmpty();
        assertThat(client.rbac()
                        .clusterRoles()
                        .withName("elsewhere-trial-sluice-weight-applier")
                        .get())
                .isNull();
    }
}
