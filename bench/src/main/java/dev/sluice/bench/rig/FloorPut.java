package dev.sluice.bench.rig;

import dev.sluice.sandbox.parts.TrafficSplits;
import dev.sluice.sandbox.shop.SplitWatch;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;

/** A TrafficSplit of the bench's own that is replaced with one guarded PUT, from what the last PUT answered. */
final class FloorPut {
    private final KubernetesClient client;
    private GenericKubernetesResource object;

    FloorPut(KubernetesClient client) {
        this.client = client;
        this.object = client.resource(new GenericKubernetesResourceBuilder()
                        .withApiVersion(TrafficSplits.GROUP + "/" + TrafficSplits.V1ALPHA4.version())
                        .withKind("TrafficSplit")
                        .withNewMetadata()
                        .withName(Names.FLOOR)
                        .withNamespace(Names.NAMESPACE)
                        .endMetadata()
                        .addToAdditionalProperties("spec", spec(0))
                        .build())
                .create();
    }

    void write(int percent) {
        object.setAdditionalProperty("spec", spec(percent));
        object = client.genericKubernetesResources(SplitWatch.SPLITS)
                .inNamespace(Names.NAMESPACE)
                .resource(object)
                .update();
    }

    private static Map<String, Object> spec(int percent) {
        return Map.of(
                "service",
                Names.FLOOR,
                "backends",
                List.of(backend(Names.FLOOR, 100 - percent), backend(Names.canaryService(Names.FLOOR), percent)));
    }

    private static Map<String, Object> backend(String service, int weight) {
        return Map.of("service", service, "weight", weight);
    }
}
