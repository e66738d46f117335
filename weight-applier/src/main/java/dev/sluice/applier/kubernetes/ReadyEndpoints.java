package dev.sluice.applier.kubernetes;

import dev.sluice.applier.core.EndpointCount;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which endpoints a Service has, and which of them are ready. */
public final class ReadyEndpoints {
    static final String SERVICE = "kubernetes.io/service-name";

    private final KubernetesClient client;

    public ReadyEndpoints(KubernetesClient client) {
        this.client = client;
    }

    /** Each in a word of its own. */
    record Who(Set<String> ready, Set<String> unready) {
        /** A pod may be ready by one of its addresses before it is by the other. */
        EndpointCount count() {
            var others = unready.stream().filter(one -> !ready.contains(one)).count();
            return new EndpointCount(ready.size(), Math.toIntExact(others));
        }
    }

    EndpointCount count(String namespace, String service) {
        return who(namespace, service).count();
    }

    /** Those whose pods carry these labels, all of them where no Service is named. */
    EndpointCount count(String namespace, String service, Map<String, String> labels) {
        var labelled =
                client.pods().inNamespace(namespace).withLabels(labels).list().getItems();
        if (service == null) {
            var pods = labelled.stream().filter(ReadyEndpoints::isThere).toList();
            var ready =
                    Math.toIntExact(pods.stream().filter(Readiness::isPodReady).count());
            return new EndpointCount(ready, pods.size() - ready);
        }
        var pods = labelled.stream().map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet());
        return who(endpoints(slices(namespace, service)).filter(endpoint -> pods.contains(identity(endpoint))))
                .count();
    }

    /** Who is behind a Service. */
    Who who(String namespace, String service) {
        return who(endpoints(slices(namespace, service)));
    }

    private static Who who(Stream<Endpoint> endpoints) {
        var all = endpoints.toList();
        return new Who(identities(all, ReadyEndpoints::isReady), identities(all, ReadyEndpoints::isUnready));
    }

    private static Set<String> identities(List<Endpoint> endpoints, Predicate<Endpoint> which) {
        return endpoints.stream().filter(which).map(ReadyEndpoints::identity).collect(Collectors.toSet());
    }

    private List<EndpointSlice> slices(String namespace, String service) {
        return client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(namespace)
                .withLabel(SERVICE, service)
                .list()
                .getItems();
    }

    private static Stream<Endpoint> endpoints(Collection<EndpointSlice> slices) {
        return slices.stream()
                .filter(slice -> slice.getEndpoints() != null)
                .flatMap(slice -> slice.getEndpoints().stream());
    }

    /** Whose endpoints they are; null where nobody says. */
    static String service(EndpointSlice slice) {
        var labels = slice.getMetadata().getLabels();
        return labels == null ? null : labels.get(SERVICE);
    }

    /** Who is ready, each once, as 64 bits of its identity. */
    static long[] ready(EndpointSlice slice) {
        return bits(slice, ReadyEndpoints::isReady);
    }

    /** Who is there and not ready. */
    static long[] unready(EndpointSlice slice) {
        return bits(slice, ReadyEndpoints::isUnready);
    }

    private static long[] bits(EndpointSlice slice, Predicate<Endpoint> which) {
        return endpoints(List.of(slice))
                .filter(which)
                .mapToLong(endpoint -> bits(identity(endpoint)))
                .distinct()
                .toArray();
    }

    /** A pod whose containers are through, or that is going away, will never be an endpoint again. */
    private static boolean isThere(Pod pod) {
        var phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return pod.getMetadata().getDeletionTimestamp() == null
                && !"Succeeded".equals(phase)
                && !"Failed".equals(phase);
    }

    /** The API says: unknown readiness is to be taken as ready. */
    private static boolean isReady(Endpoint endpoint) {
        return endpoint.getConditions() == null
                || !Boolean.FALSE.equals(endpoint.getConditions().getReady());
    }

    private static boolean isUnready(Endpoint endpoint) {
        return !isReady(endpoint)
                && !Boolean.TRUE.equals(endpoint.getConditions().getTerminating());
    }

    /** A pod with an IPv4 and an IPv6 address stands in two slices and counts once. */
    private static String identity(Endpoint endpoint) {
        var target = endpoint.getTargetRef();
        return target != null && target.getUid() != null ? target.getUid() : String.join(",", endpoint.getAddresses());
    }

    /** FNV-1a: of the pods of one Service no two will ever be the same. */
    private static long bits(String identity) {
        var hash = 0xcbf29ce484222325L;
        for (var i = 0; i < identity.length(); i++) {
            hash = (hash ^ identity.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
