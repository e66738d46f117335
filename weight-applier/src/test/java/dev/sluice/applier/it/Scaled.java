package dev.sluice.applier.it;

import static org.awaitility.Awaitility.await;

import dev.sluice.applier.cli.Spoken;
import dev.sluice.sandbox.parts.KubernetesPart;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.io.ByteArrayInputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A namespace with two Deployments, and whoever does as their controller does: an API server alone has none. */
final class Scaled {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final KubernetesClient admin;
    private final String namespace;

    Scaled(KubernetesClient admin, String namespace) {
        this.admin = admin;
        this.namespace = namespace;
        KubernetesPart.createNamespaces(admin, List.of(namespace));
    }

    /** What {@code rights} prints for these words, less what is named. */
    void allow(List<String> words, String... without) {
        var all = new ArrayList<>(List.of("rights", "--namespace", namespace));
        all.addAll(words);
        var printed = Spoken.of("", all.toArray(String[]::new)).out();
        for (var resource : without) {
            printed = printed.replace(resource, "nothing");
        }
        for (HasMetadata item : admin.load(new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8)))
                .items()) {
            admin.resource(item).createOr(known -> known.update());
        }
    }

    void deploy(String name, int replicas, String version) {
        admin.apps()
                .deployments()
                .inNamespace(namespace)
                .resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(replicas)
                        .withNewSelector()
                        .addToMatchLabels("run", name)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("run", name)
                        .addToLabels("app.kubernetes.io/version", version)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("shop")
                        .withImage("shop:" + version)
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
        play(name);
    }

    void upgrade(String name, String version) {
        deployment(name)
                .edit(known -> new DeploymentBuilder(known)
                        .editSpec()
                        .editTemplate()
                        .editMetadata()
                        .addToLabels("app.kubernetes.io/version", version)
                        .endMetadata()
                        .endTemplate()
                        .endSpec()
                        .build());
    }

    /** All pods that are wanted are there, of the newest version and ready. */
    void play(String name) {
        play(name, Integer.MAX_VALUE);
    }

    void play(String name, int mostReady) {
        // as a controller does: whoever was faster is looked at again
        await().atMost(LIMIT)
                .ignoreExceptionsMatching(
                        e -> e instanceof KubernetesClientException k && k.getCode() == HttpURLConnection.HTTP_CONFLICT)
                .until(() -> deployment(name).editStatus(known -> played(known, mostReady)) != null);
    }

    private static Deployment played(Deployment known, int mostReady) {
        var wanted = known.getSpec().getReplicas();
        return new DeploymentBuilder(known)
                .withStatus(new DeploymentStatusBuilder()
                        .withObservedGeneration(known.getMetadata().getGeneration())
                        .withReplicas(wanted)
                        .withUpdatedReplicas(wanted)
                        .withReadyReplicas(Math.min(wanted, mostReady))
                        .build())
                .build();
    }

    void scale(String name, int replicas) {
        deployment(name).scale(replicas);
    }

    void awaitReplicas(int active, int canary) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> org.assertj.core.api.Assertions.assertThat(
                                List.of(replicas("checkout"), replicas("checkout-canary")))
                        .containsExactly(active, canary));
    }

    void autoscale(String name) {
        admin.autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(namespace)
                .resource(new HorizontalPodAutoscalerBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withMaxReplicas(20)
                        .withNewScaleTargetRef("apps/v1", "Deployment", name)
                        .endSpec()
                        .build())
                .create();
    }

    void leaveAlone(String name) {
        admin.autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }

    private int replicas(String name) {
        return Objects.requireNonNull(deployment(name).get()).getSpec().getReplicas();
    }

    private RollableScalableResource<Deployment> deployment(String name) {
        return admin.apps().deployments().inNamespace(namespace).withName(name);
    }
}
