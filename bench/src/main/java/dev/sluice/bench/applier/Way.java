package dev.sluice.bench.applier;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.bench.rig.Names;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import dev.sluice.schemas.rollout.mesh.MeshEntry;
import dev.sluice.schemas.wire.Json;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;

/** A kind of object that weights are written to: one that Sluice makes itself, and a user's own. */
enum Way {
    SMI("smi", "split.smi-spec.io", "v1alpha4", "TrafficSplit", "trafficsplits") {
        @Override
        JsonNode entry(String service) {
            return Json.mapper().createObjectNode().put("rootServiceName", service);
        }

        @Override
        Map<String, Object> spec(String service, int percent) {
            return Map.of("service", service, "backends", shares("service", service, percent));
        }

        @Override
        List<Map<String, Object>> backends(Map<String, Object> spec) {
            return list(spec.get("backends"));
        }
    },
    GATEWAY_API("gatewayApi", "gateway.networking.k8s.io", "v1", "HTTPRoute", "httproutes") {
        @Override
        JsonNode entry(String service) {
            var entry = Json.mapper()
                    .createObjectNode()
                    .put("activeService", service)
                    .put("canaryService", Names.canaryService(service));
            entry.putObject("route").put("name", service);
            return entry;
        }

        @Override
        Map<String, Object> spec(String service, int percent) {
            return Map.of(
                    "parentRefs",
                    List.of(Map.of("name", "gateway")),
                    "rules",
                    List.of(Map.of("backendRefs", shares("name", service, percent))));
        }

        @Override
        List<Map<String, Object>> backends(Map<String, Object> spec) {
            return list(list(spec.get("rules")).getFirst().get("backendRefs"));
        }
    };

    private final String mesh;
    private final String group;
    private final String version;
    private final String kind;
    private final String plural;

    Way(String mesh, String group, String version, String kind, String plural) {
        this.mesh = mesh;
        this.group = group;
        this.version = version;
        this.kind = kind;
        this.plural = plural;
    }

    /** A rollout file's entry for an application of this name. */
    abstract JsonNode entry(String service);

    abstract Map<String, Object> spec(String service, int percent);

    abstract List<Map<String, Object>> backends(Map<String, Object> spec);

    /** Whether a user has the object before a rollout begins. */
    boolean isUsersOwn() {
        return this != SMI;
    }

    String mesh() {
        return mesh;
    }

    MeshEntry.Named named(String service) {
        return MeshEntries.named(mesh)
                .flatMap(entry -> entry.read(entry(service)))
                .orElseThrow();
    }

    ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }

    String apiVersion() {
        return group + "/" + version;
    }

    String kind() {
        return kind;
    }

    /** Where the API server keeps the object of this name. */
    String path(String name) {
        return "/apis/" + apiVersion() + "/namespaces/" + Names.NAMESPACE + "/" + plural + "/" + name;
    }

    private static List<Map<String, Object>> shares(String key, String service, int percent) {
        return List.of(backend(key, service, 100 - percent), backend(key, Names.canaryService(service), percent));
    }

    private static Map<String, Object> backend(String key, String service, int weight) {
        return Map.of(key, service, "port", 80, "weight", weight);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Object value) {
        return (List<Map<String, Object>>) value;
    }
}
