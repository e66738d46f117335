package dev.sluice.applier.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** How many ready endpoints a Service has. */
public final class ReadyEndpoints {
    static final String SERVICE = "kubernetes.io/service-name";

    private final KubernetesClient client;

    public ReadyEndpoints(KubernetesClient client) {
        this.client = client;
    }

    int count(String namespace, String service) {
        return count(slices(namespace, service));
    }

    /** Those whose pods carry these labels, all of them where no Service is named. */
    int count(String namespace, String service, Map<String, String> labels) {
        var labelled =
                client.pods().inNamespace(namespace).withLabels(labels).list().getItems();
        if (service == null) {
            return Math.toIntExact(
                    labelled.stream().filter(ReadyEndpoints::isServing).count());
        }
        var pods = labelled.stream().map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet());
        return Math.toIntExact(slices(namespace, service).stream()
                .filter(slice -> slice.getEndpoints() != null)
                .flatMap(slice -> slice.getEndpoints().stream())
                .filter(ReadyEndpoints::isReady)
                .map(ReadyEndpoints::identity)
                .filter(pods::contains)
                .distinct()
                .count());
    }

    /** Who is ready behind a Service, each in a word of its own. */
    Set<String> who(String namespace, String service) {
        return slices(namespace, service).stream()
                .filter(slice -> slice.getEndpoints() != null)
                .flatMap(slice -> slice.getEndpoints().stream())
                .filter(ReadyEndpoints::isReady)
                .map(ReadyEndpoints::identity)
                .collect(Collectors.toSet());
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

    static int count(Collection<EndpointSlice> slices) {
        return Math.toIntExact(slices.stream()
                .flatMapToLong(slice -> LongStream.of(ready(slice)))
                .distinct()
                .count());
    }

    /** Whose endpoints they are; null where nobody says. */
    static String service(EndpointSlice slice) {
        var labels = slice.getMetadata().getLabels();
        return labels == null ? null : labels.get(SERVICE);
    }

    /** Who is ready, each once, as 64 bits of its identity. */
    static long[] ready(EndpointSlice slice) {
        return slice.getEndpoints() == null
                ? new long[0]
                : slice.getEndpoints().stream()
                        .filter(ReadyEndpoints::isReady)
                        .mapToLong(endpoint -> bits(identity(endpoint)))
                        .distinct()
                        .toArray();
    }

    private static boolean isServing(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null && Readiness.isPodReady(pod);
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

    /** FNV-1a: of the pods of one Service no two will ever be the same. */
    private static long bits(String identity) {
        var hash = 0xcbf29ce484222325L;
        for (var i = 0; i < identity.length(); i++) {
            hash = (hash ^ identity.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
