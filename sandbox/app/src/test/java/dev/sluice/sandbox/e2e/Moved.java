package dev.sluice.sandbox.e2e;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.sandbox.shop.Split;
import dev.sluice.sandbox.shop.SplitWatch;
import dev.sluice.schemas.wire.Json;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A kind of object in which a rollout moves traffic between blue and green.
 *
 * @param places JSON pointers to all that it may change there
 * @param reading the weights of {@value #BLUE} and {@value #GREEN}
 */
record Moved(ResourceDefinitionContext kind, List<String> places, Function<JsonNode, Split> reading) {
    static final String BLUE = "blue";
    static final String GREEN = "green";

    /** @param list of backends, blue's the first, green's the second, each with its {@code weight} */
    static Moved weights(String group, String version, String kind, String list) {
        var blue = list + "/0/weight";
        var green = list + "/1/weight";
        return new Moved(
                kind(group, version, kind),
                List.of(blue, green),
                object -> split(object.at(blue).asDouble(), object.at(green).asDouble()));
    }

    /** A Service that leads to the pods of one version. */
    static Moved selector() {
        return new Moved(
                kind("", "v1", "Service"),
                List.of("/spec/selector"),
                object -> GREEN.equals(object.at("/spec/selector/version").asText()) ? split(0, 1) : split(1, 0));
    }

    /** The Deployment of blue's pods; all others of this many are green's. */
    static Moved replicas(int total) {
        return new Moved(kind("apps", "v1", "Deployment"), List.of("/spec/replicas"), object -> {
            var blue = object.at("/spec/replicas").asDouble();
            return split(blue, total - blue);
        });
    }

    private static Split split(double blue, double green) {
        return new Split(Map.of(BLUE, blue, GREEN, green));
    }

    private static ResourceDefinitionContext kind(String group, String version, String kind) {
        var lower = kind.toLowerCase(Locale.ROOT);
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(lower.endsWith("y") ? lower.substring(0, lower.length() - 1) + "ies" : lower + "s")
                .withNamespaced(true)
                .build();
    }

    SeenShares watch(KubernetesClient client, String name) {
        return new SeenShares(
                new SplitWatch(client, kind, object -> reading.apply(tree(object)), Trial.NAMESPACE, name), GREEN);
    }

    /** Takes out of such an object what may change. */
    void without(ObjectNode object) {
        for (var place : places) {
            var pointer = JsonPointer.compile(place);
            if (object.at(pointer.head()) instanceof ObjectNode parent) {
                parent.remove(pointer.last().getMatchingProperty());
            }
        }
    }

    static ObjectNode tree(Object object) {
        try {
            return (ObjectNode) Json.mapper().readTree(Serialization.asJson(object));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what the client writes is JSON", e);
        }
    }
}
