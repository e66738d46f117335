package dev.sluice.applier.it;

import static org.awaitility.Awaitility.await;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.core.Annotations;
import dev.sluice.sandbox.parts.KubernetesPart;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A namespace with a split and two backends, reached past the applier's wire: a person with kubectl. */
final class Shop {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ResourceDefinitionContext.Builder SPLITS = new ResourceDefinitionContext.Builder()
            .withGroup("split.smi-spec.io")
            .withKind("TrafficSplit")
            .withPlural("trafficsplits")
            .withNamespaced(true);

    private final KubernetesClient client;
    private final String namespace;
    private final String version;

    Shop(KubernetesClient client, String namespace, String version) {
        this.client = client;
        this.namespace = namespace;
        this.version = version;
        KubernetesPart.createNamespaces(client, List.of(namespace));
        serve("checkout");
        serve("checkout-canary");
    }

    /** A Service, without anybody who would make its EndpointSlices. */
    void serve(String service) {
        client.services()
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName(service)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .addToSelector("app", service)
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
    }

    void unserve(String service) {
        client.services().inNamespace(namespace).withName(service).delete();
    }

    Resource<GenericKubernetesResource> split() {
        return split("checkout");
    }

    Resource<GenericKubernetesResource> split(String name) {
        return client.genericKubernetesResources(SPLITS.withVersion(version).build())
                .inNamespace(namespace)
                .withName(name);
    }

    void create(Map<String, Object> metadata, int active, int canary) {
        create("checkout", metadata, backends(active, canary));
    }

    void create(String name, Map<String, Object> metadata, List<Map<String, Object>> backends) {
        client.resource(described(name, metadata, backends)).create();
    }

    /** As somebody's files have a split. */
    GenericKubernetesResource described(String name, Map<String, Object> metadata, List<Map<String, Object>> backends) {
        return client.getKubernetesSerialization()
                .convertValue(
                        Map.of(
                                "apiVersion",
                                "split.smi-spec.io/" + version,
                                "kind",
                                "TrafficSplit",
                                "metadata",
                                merged(name, metadata),
                                "spec",
                                Map.of("service", "checkout", "backends", backends)),
                        GenericKubernetesResource.class);
    }

    private Map<String, Object> merged(String name, Map<String, Object> metadata) {
        var all = new java.util.HashMap<>(metadata);
        all.put("name", name);
        all.put("namespace", namespace);
        return all;
    }

    static List<Map<String, Object>> backends(int active, int canary) {
        return List.of(
                Map.of("service", "checkout", "weight", active),
                Map.of("service", "checkout-canary", "weight", canary));
    }

    /** A person's edit, as kubectl makes it: read, change, write back, again if it lost a race. */
    void edit(Consumer<GenericKubernetesResource> change) {
        await().atMost(LIMIT).pollDelay(Duration.ZERO).ignoreExceptions().until(() -> {
            var object = split().get();
            change.accept(object);
            split().patch(object);
            return true;
        });
    }

    void setWeights(int active, int canary) {
        edit(object -> set(object, active, canary));
    }

    void setBackends(List<Map<String, Object>> backends) {
        edit(object -> set(object, backends));
    }

    static void set(GenericKubernetesResource object, int active, int canary) {
        set(object, backends(active, canary));
    }

    @SuppressWarnings("unchecked")
    private static void set(GenericKubernetesResource object, List<Map<String, Object>> backends) {
        ((Map<String, Object>) object.getAdditionalProperties().get("spec")).put("backends", backends);
    }

    /** Weights by backend, as the object carries them. */
    Map<String, Object> weights() {
        var object = split().get();
        if (object == null) {
            return Map.of();
        }
        List<Map<String, Object>> backends = object.get("spec", "backends");
        var weights = new java.util.HashMap<String, Object>();
        backends.forEach(backend -> weights.put((String) backend.get("service"), backend.get("weight")));
        return weights;
    }

    /** Part of the traffic that a backend has, all its entries together, from 0 to 1. */
    double share(String service) {
        List<Map<String, Object>> backends = split().get().get("spec", "backends");
        var sum = backends.stream().mapToInt(Shop::weight).sum();
        return backends.stream()
                        .filter(backend -> service.equals(backend.get("service")))
                        .mapToInt(Shop::weight)
                        .sum()
                / (double) Math.max(1, sum);
    }

    private static int weight(Map<String, Object> backend) {
        return ((Number) backend.get("weight")).intValue();
    }

    void awaitWeights(Object active, Object canary) {
        await().atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> weights().equals(Map.of("checkout", active, "checkout-canary", canary)));
    }

    String fence(TestOrder order) {
        var annotations = split().get().getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(Annotations.fenceKey(order.route()));
    }

    void ready(int active, int canary) {
        slice("checkout", active);
        slice("checkout-canary", canary);
    }

    void slice(String service, int ready) {
        slice(service, ready, 0, 0);
    }

    /** @param unready are there and not ready; those that are terminating are going away */
    void slice(String service, int ready, int unready, int terminating) {
        var slices = client.discovery().v1().endpointSlices().inNamespace(namespace);
        var name = service + "-1";
        var next = new EndpointSliceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .addToLabels("kubernetes.io/service-name", service)
                .endMetadata()
                .withAddressType("IPv4")
                .withEndpoints(IntStream.rangeClosed(1, ready + unready + terminating)
                        .mapToObj(number -> new EndpointBuilder()
                                .withAddresses("10.0." + service.length() + "." + number)
                                .withNewConditions()
                                .withReady(number <= ready)
                                .withTerminating(number > ready + unready)
                                .endConditions()
                                .build())
                        .toList())
                .build();
        EndpointSlice known = slices.withName(name).get();
        if (known == null) {
            slices.resource(next).create();
        } else {
            next.getMetadata().setResourceVersion(known.getMetadata().getResourceVersion());
            slices.resource(next).update();
        }
    }
}
