package dev.sluice.applier.preflight;

import dev.sluice.applier.core.EndpointCount;
import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Mesh;
import dev.sluice.applier.mesh.ObjectRef;
import dev.sluice.applier.mesh.Right;
import dev.sluice.applier.mesh.RouteObjects;
import dev.sluice.applier.mesh.Workload;
import dev.sluice.schemas.message.WeightOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What was read for a check; its findings follow from that alone.
 *
 * @param objects with the versions that the cluster serves
 * @param hidden those that may be there and could not be read
 * @param offered by {@link dev.sluice.applier.mesh.Kind#name} of each kind that is not served in a version that can be
 *     written: in which it is, maybe none
 * @param services by name; without a key where one could not be read, empty where it isn't there
 * @param ready by backend who is ready behind it, each in a word of its own; without a key where that could not be read
 * @param unready by backend how many are behind it that aren't ready; as {@code ready}
 * @param absent workloads that are named and aren't there
 * @param denied what the applier's account may not do
 * @param policies that were found
 * @param unread what could not be looked at and why, for people
 */
public record Seen(
        WeightOrder order,
        Mesh mesh,
        RouteObjects objects,
        Set<ObjectRef> hidden,
        Map<String, List<String>> offered,
        Map<String, Optional<Document>> services,
        Map<String, Set<String>> ready,
        Map<String, Integer> unready,
        List<Workload> absent,
        List<Right> denied,
        Map<PolicyKind, List<Document>> policies,
        List<String> unread) {
    public Seen {
        hidden = Set.copyOf(hidden);
        offered = Map.copyOf(offered);
        services = Map.copyOf(services);
        ready = Map.copyOf(ready);
        unready = Map.copyOf(unready);
        absent = List.copyOf(absent);
        denied = List.copyOf(denied);
        policies = Map.copyOf(policies);
        unread = List.copyOf(unread);
    }

    /** The Service that is there; null where it isn't, or none is named, or nobody knows. */
    Document service(String name) {
        return name == null
                ? null
                : services.getOrDefault(name, Optional.empty()).orElse(null);
    }

    /** The Service of a backend's own; null where it has none. */
    String serviceOf(String backend) {
        return mesh.service(order, backend);
    }

    /** Whether the backends are told apart by their Services, and not by labels behind one Service. */
    boolean hasTwoServices() {
        var active = serviceOf(order.active());
        var canary = serviceOf(order.canary());
        return active != null && canary != null && !active.equals(canary);
    }

    /** Which pods are a backend's; empty where that can't be told. */
    Selector pods(String backend) {
        var service = service(serviceOf(backend));
        var own = service == null ? new Selector(Map.of()) : Selector.at(service, "spec", "selector");
        return own.and(mesh.labels(objects, order, backend));
    }

    /** Whether anything that was read says which pods are whose; one Service without labels for each says nothing. */
    boolean areToldApart() {
        return hasTwoServices()
                || (!mesh.labels(objects, order, order.active()).isEmpty()
                        && !mesh.labels(objects, order, order.canary()).isEmpty());
    }

    EndpointCount endpoints(String backend) {
        return new EndpointCount(ready.getOrDefault(backend, Set.of()).size(), unready.getOrDefault(backend, 0));
    }

    String server(String backend) {
        return Objects.requireNonNullElse(
                mesh.served(order).get(backend), "Service " + order.namespace() + "/" + backend);
    }
}
