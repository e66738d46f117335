package dev.sluice.sandbox.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.message.Phase;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A trial on a user's own objects: what becomes of their weights, and of everything else in them. */
final class MeshTrial implements AutoCloseable {
    private final MeshCase mesh;
    private final String name;
    private final KubernetesClient client = World.running().platform().client();
    private final Trial trial;
    private final List<HasMetadata> objects;
    private final List<SeenShares> shares;
    private final List<JsonNode> before;
    private final PlayedDeployments controller = new PlayedDeployments(client);

    MeshTrial(MeshCase mesh, String suffix) {
        this.mesh = mesh;
        name = mesh.word() + suffix;
        mesh.kinds().install(client);
        objects = client.load(new ByteArrayInputStream(mesh.objects(name).getBytes(UTF_8)))
                .items();
        objects.forEach(this::create);
        before = rest();
        shares = mesh.moved().stream().map(moved -> moved.watch(client, name)).toList();
        trial = new Trial(name, (topic, key) -> null, mesh.services());
        trial.traffic().of("stable", 0);
        trial.traffic().of("canary", 0);
    }

    /** Does for the object what controllers of a cluster would. */
    private void create(HasMetadata object) {
        if (object instanceof EndpointSlice slice) {
            slice.getEndpoints()
                    .forEach(endpoint -> endpoint.getTargetRef()
                            .setUid(pod(endpoint.getTargetRef().getName())
                                    .getMetadata()
                                    .getUid()));
        }
        var created = client.resource(object).inNamespace(Trial.NAMESPACE).create();
        if (created instanceof Pod pod) {
            client.resource(status(pod, true)).updateStatus();
        }
    }

    private static Pod status(Pod pod, boolean isReady) {
        pod.setStatus(new PodStatusBuilder()
                .withPhase("Running")
                .addToConditions(new PodConditionBuilder()
                        .withType("Ready")
                        .withStatus(isReady ? "True" : "False")
                        .build())
                .build());
        return pod;
    }

    private Pod pod(String pod) {
        return client.pods().inNamespace(Trial.NAMESPACE).withName(pod).get();
    }

    Trial trial() {
        return trial;
    }

    /** Returns the rollout's id once it waits for its approval at the first step's weight. */
    String startAndAwaitApproval(String revision) {
        var rollout = trial.start(revision, this::file);
        trial.awaitPhase(rollout, Phase.AWAITING_APPROVAL);
        return rollout;
    }

    void promote(String revision) {
        var rollout = startAndAwaitApproval(revision);
        trial.approve();
        trial.awaitPhase(rollout, Phase.PROMOTED);
    }

    /** The usual rollout file, with this mesh's steps and routes. */
    String file(String usual) {
        var steps = mesh.steps();
        return usual.substring(0, usual.indexOf("trafficManagement:"))
                        .replace("{weight: 10}", "{weight: " + steps.getFirst() + "}")
                        .replace("{weight: 50}", "{weight: " + steps.getLast() + "}")
                + mesh.trafficManagement(name);
    }

    /** Green's share in percent as each object's watch saw it, without repetitions. */
    List<List<Double>> shares() {
        return shares.stream().map(SeenShares::all).toList();
    }

    /** Changes the first object whose weights are moved, as a person with kubectl does. */
    void edit(UnaryOperator<GenericKubernetesResource> change) {
        resource().edit(change);
    }

    void delete() {
        resource().delete();
    }

    /** Makes the pods of this version ready or not, in the slice of their Service as well. */
    void ready(String version, boolean isReady) {
        client.pods()
                .inNamespace(Trial.NAMESPACE)
                .withName(name + "-" + version)
                .editStatus(pod -> status(pod, isReady));
        slices().resources()
                .forEach(slice -> slice.edit(found -> {
                    found.getEndpoints().stream()
                            .filter(endpoint ->
                                    endpoint.getTargetRef().getName().equals(name + "-" + version))
                            .forEach(endpoint -> endpoint.getConditions().setReady(isReady));
                    return found;
                }));
    }

    private FilterWatchListDeletable<EndpointSlice, EndpointSliceList, Resource<EndpointSlice>> slices() {
        return client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(Trial.NAMESPACE)
                .withLabel("app", name);
    }

    /** Of the Service of this suffix. */
    Map<String, String> selector(String suffix) {
        return client.services()
                .inNamespace(Trial.NAMESPACE)
                .withName(name + suffix)
                .get()
                .getSpec()
                .getSelector();
    }

    GenericKubernetesResource object() {
        return resource().get();
    }

    private Resource<GenericKubernetesResource> resource() {
        return client.genericKubernetesResources(mesh.moved().getFirst().kind())
                .inNamespace(Trial.NAMESPACE)
                .withName(name);
    }

    /** The objects as they were made, without what a rollout may change. */
    List<JsonNode> restBefore() {
        return before;
    }

    /** The same as they are now. */
    List<JsonNode> rest() {
        return objects.stream().map(this::rest).toList();
    }

    private JsonNode rest(HasMetadata object) {
        var tree =
                Moved.tree(client.resource(object).inNamespace(Trial.NAMESPACE).get());
        mesh.moved().stream()
                .filter(moved -> moved.kind().getKind().equals(object.getKind()))
                .forEach(moved -> moved.without(tree));
        if (tree.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove(List.of("resourceVersion", "generation", "managedFields"));
            metadata.withObjectProperty("annotations")
                    .properties()
                    .removeIf(annotation -> annotation.getKey().startsWith("sluice.dev/fence-")
                            || annotation.getKey().startsWith("sluice.dev/selectors-")
                            || annotation.getKey().startsWith("sluice.dev/total-"));
        }
        if (object instanceof Deployment) {
            tree.remove("status");
        }
        return tree;
    }

    @Override
    public void close() {
        trial.close();
        shares.forEach(SeenShares::close);
        controller.close();
    }
}
