package dev.sluice.applier.kubernetes;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;

/** How many ready endpoints a Service has. */
@ApplicationScoped
public class ReadyEndpoints {
    static final String SERVICE = "kubernetes.io/service-name";

    private final KubernetesClient client;

    public ReadyEndpoints(KubernetesClient client) {
        this.client = client;
    }

    int count(String namespace, String service) {
        return count(client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(namespace)
                .withLabel(SERVICE, service)
                .list()
                .getItems());
    }

    static int count(Collection<EndpointSlice> slices) {
        return Math.toIntExact(slices.stream()
                .flatMap(slice -> slice.getEndpoints() == null ? null : slice.getEndpoints().stream())
                .filter(ReadyEndpoints::isReady)
                .map(ReadyEndpoints::identity)
                .distinct()
                .count());
    }

    /** The API says: unknown readiness is to be taken as ready. */
    private static boolean isReady(Endpoint endpoint) {
        return endpoint.getConditions() == null
                || !Boolean.FALSE.equals(endpoint.getConditions().getReady());
    }

    /** A pod with an IPv4 and an IPv6 address stands in two slices and counts once. */
    private static String identity(Endpoint endpoint) {
        var target = endpoint.getTargetRef();
        return target != null && target.getUid() != null ? target.getUid() : String.join(",", endpoint.getAddresses());
    }
}
