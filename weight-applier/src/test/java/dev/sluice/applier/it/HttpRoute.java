package dev.sluice.applier.it;

import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.rollout.mesh.MeshEntry;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Somebody's HTTPRoute of a Gateway, and in place of the Gateway's controller the test, which writes its status. */
final class HttpRoute {
    static final String GROUP = "gateway.networking.k8s.io";
    static final String PLURAL = "httproutes";

    private static final String NAME = "checkout";
    private static final String ACTIVE = "checkout";
    private static final String CANARY = "checkout-canary";

    private final KubernetesClient client;
    private final String namespace;

    HttpRoute(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
        var backends = List.of(
                Map.of("name", ACTIVE, "port", 80, "weight", 100), Map.of("name", CANARY, "port", 80, "weight", 0));
        var spec = Map.of(
                "parentRefs", List.of(Map.of("name", "public")), "rules", List.of(Map.of("backendRefs", backends)));
        client.resource(client.getKubernetesSerialization()
                        .convertValue(
                                Map.of(
                                        "apiVersion",
                                        GROUP + "/v1",
                                        "kind",
                                        "HTTPRoute",
                                        "metadata",
                                        Map.of("name", NAME, "namespace", namespace),
                                        "spec",
                                        spec),
                                GenericKubernetesResource.class))
                .create();
    }

    /** What {@code rights --mesh gatewayApi} gives the applier's account beside what it has. */
    static void mayBeServed(KubernetesClient client) {
        var name = "sluice-gateway-api";
        client.resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups(GROUP)
                        .withResources(PLURAL)
                        .withVerbs("get", "list", "watch", "update")
                        .endRule()
                        .build())
                .createOr(known -> known.update());
        client.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", name)
                        .addNewSubject(null, "ServiceAccount", "weight-applier", "sluice")
                        .build())
                .createOr(known -> known.update());
    }

    TestOrder order(int percent) {
        var entry =
                Map.<String, Object>of("route", Map.of("name", NAME), "activeService", ACTIVE, "canaryService", CANARY);
        return TestOrder.of(percent)
                .in(namespace)
                .through("gatewayApi", new MeshEntry.Named(PLURAL + "." + GROUP, NAME, null, ACTIVE, CANARY, entry))
                .until(Instant.now().plus(Duration.ofMinutes(30)));
    }

    /** The controller has looked at the object as it is now. */
    void say(String accepted, String reason) {
        var object = resource().get();
        var condition = Map.of(
                "type",
                "Accepted",
                "status",
                accepted,
                "observedGeneration",
                object.getMetadata().getGeneration(),
                "reason",
                reason,
                "message",
                "as the test says",
                "lastTransitionTime",
                "2026-11-21T12:00:00Z");
        var parent = Map.of(
                "parentRef",
                Map.of("name", "public"),
                "controllerName",
                "example.io/gateway",
                "conditions",
                List.of(condition));
        object.setAdditionalProperty("status", Map.of("parents", List.of(parent)));
        client.resource(object).updateStatus();
    }

    Map<String, Object> weights() {
        List<Map<String, Object>> backends = resource().get().get("spec", "rules", 0, "backendRefs");
        var weights = new HashMap<String, Object>();
        backends.forEach(backend -> weights.put((String) backend.get("name"), backend.get("weight")));
        return weights;
    }

    Resource<GenericKubernetesResource> resource() {
        return client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                        .withGroup(GROUP)
                        .withVersion("v1")
                        .withKind("HTTPRoute")
                        .withPlural(PLURAL)
                        .withNamespaced(true)
                        .build())
                .inNamespace(namespace)
                .withName(NAME);
    }
}
