package dev.sluice.applier.kubernetes;

import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.EndpointCount;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.Routed;
import dev.sluice.applier.core.Running;
import dev.sluice.applier.core.Sight;
import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Kind;
import dev.sluice.applier.mesh.Mesh;
import dev.sluice.applier.mesh.Meshes;
import dev.sluice.applier.mesh.Meshes.Match;
import dev.sluice.applier.mesh.ObjectRef;
import dev.sluice.applier.mesh.RouteObjects;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.rollout.Ownership;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** What there is to be seen for an order: its object, and the Services it names. */
final class Looks {
    private static final Logger LOG = Logger.getLogger(Looks.class);

    private final Meshes meshes;
    private final Discovery discovery;
    private final RoutingObjects objects;
    private final ReadyEndpoints endpoints;
    private final Services services;
    private final Watches watches;
    private final Sightings sightings;
    private final RunningWorkloads workloads;
    private final Clock clock;

    Looks(
            Meshes meshes,
            Discovery discovery,
            RoutingObjects objects,
            ReadyEndpoints endpoints,
            Services services,
            Watches watches,
            Sightings sightings,
            RunningWorkloads workloads,
            Clock clock) {
        this.meshes = meshes;
        this.discovery = discovery;
        this.objects = objects;
        this.endpoints = endpoints;
        this.services = services;
        this.watches = watches;
        this.sightings = sightings;
        this.workloads = workloads;
        this.clock = clock;
    }

    /**
     * What synced watches say to a look that need not be fresh; empty where the API server has to be asked. What a watch
     * shows is believed. That it doesn't show something is believed only before a create, which the API server refuses
     * where the object is there.
     */
    Optional<Event> fromWatches(Decision.Look look) {
        try {
            var order = look.order();
            return !look.fresh() && order.workload() == null && meshes.match(order) instanceof Match.Found found
                    ? shown(found, order)
                    : Optional.empty();
        } catch (RuntimeException e) {
            LOG.debug("watches can't answer", e);
            return Optional.empty();
        }
    }

    private Optional<Event> shown(Match.Found found, WeightOrder order) {
        var mesh = found.mesh();
        var objects = shownObjects(found, order)
                .filter(shown -> shown.main() != null || isCreated(mesh, order))
                .filter(shown -> hasOwnServices(mesh, shown, order));
        if (objects.isEmpty()) {
            return Optional.empty();
        }
        var active = shownEndpoints(mesh, objects.get(), order, order.active());
        var canary = shownEndpoints(mesh, objects.get(), order, order.canary());
        if (active.isEmpty() || canary.isEmpty() || !notShown(mesh, order).isEmpty()) {
            return Optional.empty();
        }
        var sight = sightings.see(mesh, order, objects.get());
        var counts = Map.of(order.active(), active.get(), order.canary(), canary.get());
        return Optional.of(new Event.Looked(sight, counts, Set.of(), clock.instant()));
    }

    /** Empty where one of them can't be told of, or isn't shown although it is not the main one. */
    private Optional<RouteObjects> shownObjects(Match.Found found, WeightOrder order) {
        var refs = found.objects(order);
        var documents = new HashMap<ObjectRef, Document>();
        var versions = new HashMap<String, String>();
        for (var ref : refs) {
            var version = discovery.known(ref.kind());
            if (version.isEmpty()) {
                return Optional.empty();
            }
            watches.need(ref.kind(), version.get(), order.namespace());
            var shown = watches.object(ref, version.get());
            if (shown.isEmpty() || (shown.get().document().isEmpty() && !ref.equals(refs.getFirst()))) {
                return Optional.empty();
            }
            versions.put(ref.kind().name(), version.get());
            shown.get().document().ifPresent(document -> documents.put(ref, document));
        }
        return Optional.of(new RouteObjects(refs, documents, versions));
    }

    /** Whether each backend's endpoints are all those of a Service. */
    private static boolean hasOwnServices(Mesh mesh, RouteObjects objects, WeightOrder order) {
        return mesh.labels(objects, order, order.active()).isEmpty()
                && mesh.labels(objects, order, order.canary()).isEmpty();
    }

    /** Whether the order's answer to an absent object is to create it. */
    private static boolean isCreated(Mesh mesh, WeightOrder order) {
        var traits = mesh.traits(order);
        return order.begin()
                && order.end() == null
                && traits.created()
                && (order.ownership() == null || order.ownership() == Ownership.OWN)
                && !order.canary().equals(traits.fallback());
    }

    /**
     * Asks the API server.
     *
     * @throws RuntimeException where it doesn't show the object
     */
    Event.Looked at(WeightOrder order) {
        return switch (meshes.match(order)) {
            case Match.None none ->
                new Event.Looked(new Sight.Unservable(false, none.reason()), Map.of(), Set.of(), clock.instant());
            case Match.Found found -> {
                var mesh = found.mesh();
                var objects = objects(found.objects(order), order).beside(rivals(mesh, order));
                var isServed = objects.version(objects.mainRef().kind()).isPresent();
                var sight = isServed
                        ? sightings.see(mesh, order, objects)
                        : unserved(objects.mainRef().kind());
                yield counts(mesh, objects, order)
                        .looked(sight, missing(mesh, order), workloads.of(order), clock.instant());
            }
        };
    }

    private RouteObjects objects(List<ObjectRef> refs, WeightOrder order) {
        var documents = new HashMap<ObjectRef, Document>();
        var versions = new HashMap<String, String>();
        for (var ref : refs) {
            discovery.version(ref.kind()).ifPresent(version -> {
                watches.need(ref.kind(), version, order.namespace());
                found(ref, version, order).ifPresent(document -> documents.put(ref, document));
                versions.put(ref.kind().name(), discovery.known(ref.kind()).orElse(version));
            });
        }
        return new RouteObjects(refs, documents, versions);
    }

    /** Looked for only where it matters. That they can't be seen is a failure like any other, and not that there are none. */
    private List<Document> rivals(Mesh mesh, WeightOrder order) {
        return raises(order)
                ? mesh.rivals().stream()
                        .flatMap(kind -> discovery
                                .version(kind)
                                .map(version -> objects.list(kind, version, order.namespace()))
                                .orElse(List.of())
                                .stream())
                        .toList()
                : List.of();
    }

    private static boolean raises(WeightOrder order) {
        return order.end() == null
                && (order.begin() || (order.weight() != null && !order.weight().isZero()));
    }

    /** A version that is no longer served says nothing of objects that are there. */
    private Optional<Document> found(ObjectRef ref, String version, WeightOrder order) {
        try {
            return objects.get(ref, version);
        } catch (KubernetesClientException e) {
            if (!Api.isUnserved(e)) {
                throw e;
            }
            discovery.doubt(ref.kind());
            var other = discovery.version(ref.kind()).filter(next -> !next.equals(version));
            other.ifPresent(next -> watches.need(ref.kind(), next, order.namespace()));
            return objects.get(ref, other.orElseThrow(() -> e));
        }
    }

    private Sight unserved(Kind kind) {
        return new Sight.Unservable(true, kind.unserved(discovery.offered(kind)));
    }

    /** @param blind why some backend is left out; null where none is */
    private record Counts(Map<String, EndpointCount> endpoints, String blind) {
        private Event.Looked looked(Sight sight, Set<String> missing, Map<String, Running> running, Instant at) {
            return new Event.Looked(sight, endpoints, missing, blind, running, at);
        }
    }

    private Counts counts(Mesh mesh, RouteObjects objects, WeightOrder order) {
        var counts = new HashMap<String, EndpointCount>();
        String blind = null;
        for (var backend : List.of(order.active(), order.canary())) {
            try {
                counts.put(backend, count(mesh, objects, order, backend));
            } catch (RuntimeException e) {
                LOG.debug("endpoints can't be read", e);
                blind = Failures.of(e).reason();
            }
        }
        return new Counts(counts, blind);
    }

    private EndpointCount count(Mesh mesh, RouteObjects objects, WeightOrder order, String backend) {
        var told = objects.main() == null ? Optional.<Integer>empty() : mesh.ready(objects, backend);
        if (told.isPresent()) {
            return EndpointCount.ready(told.get());
        }
        var service = mesh.service(order, backend);
        var labels = mesh.labels(objects, order, backend);
        return labels.isEmpty()
                ? shownEndpoints(mesh, objects, order, backend)
                        .orElseGet(() -> endpoints.count(order.namespace(), service))
                : endpoints.count(order.namespace(), service, labels);
    }

    private Optional<EndpointCount> shownEndpoints(Mesh mesh, RouteObjects objects, WeightOrder order, String backend) {
        return Optional.ofNullable(mesh.service(order, backend))
                .flatMap(service -> watches.endpoints(order.namespace(), service))
                .filter(count -> count.ready() > 0 || !isDecidedByNone(mesh, objects, order, backend));
    }

    /**
     * Whether something follows at once from a backend without endpoints: a beginning (B29) or a rollback (B18). That is
     * asked for, since a watch may not have shown yet what is there.
     */
    static boolean isDecidedByNone(Mesh mesh, RouteObjects objects, WeightOrder order, String backend) {
        var isActive = backend.equals(order.active());
        return isActive ? order.begin() : objects.main() != null && hasTraffic(mesh.read(objects, order), order);
    }

    /** By its weight, or by a match or a mirror beside it. */
    private static boolean hasTraffic(Routed routed, WeightOrder order) {
        return order.match() != null
                || order.mirror() != null
                || routed.weights()
                                .getOrDefault(order.canary(), BigDecimal.ZERO)
                                .signum()
                        > 0;
    }

    /** Asked only where it matters, and never guessed: a Service that may not be read is not missing. */
    private Set<String> missing(Mesh mesh, WeightOrder order) {
        return services.missing(order.namespace(), notShown(mesh, order));
    }

    /** Services that the order needs, and that no synced watch shows. */
    private Set<String> notShown(Mesh mesh, WeightOrder order) {
        if (!raises(order)) {
            return Set.of();
        }
        return Stream.of(
                        mesh.traits(order).fallback(),
                        mesh.service(order, order.active()),
                        mesh.service(order, order.canary()))
                .filter(Objects::nonNull)
                .filter(name -> !order.begin() || !mesh.makes(order).contains(name))
                .filter(name -> !watches.shows(order.namespace(), name))
                .collect(Collectors.toSet());
    }
}
