package dev.sluice.sandbox.parts;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The kinds that a mesh keeps its weights in, as the mesh would define them. What matters for traffic has types, bounds and
 * defaults; the rest is open, so that real objects fit.
 */
public enum MeshKinds {
    SMI("smi", "trafficsplit-v1alpha4"),
    GATEWAY_API("gatewayApi"),
    ISTIO("istio"),
    LINKERD("linkerd"),
    CONSUL("consul"),
    APP_MESH("appMesh"),
    OPENSHIFT("openshift"),
    KUMA("kuma"),
    TRAEFIK("traefik"),
    CONTOUR("contour"),
    NGINX("nginx"),
    /** Ingresses, which every API server has. */
    INGRESS_NGINX("ingressNginx", null),
    /** Services, which every API server has. */
    KUBERNETES("kubernetes", null),
    /** Workloads, which every API server has. */
    REPLICAS("replicas", null),
    /** A kind of nobody's, to be pointed into. */
    CUSTOM("custom");

    private final String mesh;
    private final String file;

    MeshKinds(String mesh) {
        this(mesh, mesh);
    }

    MeshKinds(String mesh, String file) {
        this.mesh = mesh;
        this.file = file;
    }

    /** The key in a rollout file's {@code trafficManagement}. */
    public String mesh() {
        return mesh;
    }

    /** By that key. */
    public static MeshKinds of(String mesh) {
        return Arrays.stream(values())
                .filter(kinds -> kinds.mesh.equals(mesh))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no mesh is named '%s': name some of %s"
                        .formatted(
                                mesh,
                                Arrays.stream(values()).map(MeshKinds::mesh).collect(Collectors.joining(", ")))));
    }

    public List<CustomResourceDefinition> definitions(KubernetesClient client) {
        return file == null ? List.of() : Definitions.carried(client, file);
    }

    /** Installs the definitions and waits until their kinds are served. */
    public void install(KubernetesClient client) {
        definitions(client).forEach(definition -> Definitions.install(client, definition));
    }
}
