package dev.sluice.applier.kubernetes;

import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.Failure;
import dev.sluice.applier.core.Sight;
import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Kind;
import dev.sluice.applier.mesh.Mesh;
import dev.sluice.applier.mesh.Meshes;
import dev.sluice.applier.mesh.Meshes.Match;
import dev.sluice.applier.mesh.RouteIdentity;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.rollout.Ownership;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Carries the calls of routes out and says what came of each. Blocks the caller, one route's thread, for as long as the
 * API server takes.
 */
@ApplicationScoped
public class RouteCalls {
    private static final Logger LOG = Logger.getLogger(RouteCalls.class);

    private final Meshes meshes;
    private final Discovery discovery;
    private final RoutingObjects objects;
    private final ReadyEndpoints endpoints;
    private final Services services;
    private final Watches watches;
    private final Sightings sightings;
    private final Quiet quiet;
    private final Clock clock;

    public RouteCalls(
            Meshes meshes,
            Discovery discovery,
            RoutingObjects objects,
            ReadyEndpoints endpoints,
            Services services,
            Watches watches,
            Sightings sightings,
            Quiet quiet,
            Clock clock) {
        this.meshes = meshes;
        this.discovery = discovery;
        this.objects = objects;
        this.endpoints = endpoints;
        this.services = services;
        this.watches = watches;
        this.sightings = sightings;
        this.quiet = quiet;
        this.clock = clock;
    }

    /** Never throws: what goes wrong is the event. */
    public Event carryOut(Decision.Call call) {
        try {
            return switch (call) {
                case Decision.Look look -> look(look.order());
                case Decision.Create create -> create(create);
                case Decision.Update update -> update(update);
                case Decision.Remove remove -> remove(remove);
            };
        } catch (RuntimeException e) {
            LOG.debug("API call failed", e);
            if (e instanceof KubernetesClientException answer && Api.isUnserved(answer)) {
                discovery.doubt(mesh(call.order()).kind());
            }
            var failure = Failures.of(e).atLeastAfter(quiet.left());
            return call instanceof Decision.Look
                    ? new Event.LookFailed(failure, clock.instant())
                    : new Event.WriteFailed(failure, clock.instant());
        }
    }

    /** Why the API server answers nobody now; empty where it does. Blocks as {@link #carryOut} does. */
    public Optional<Failure> problem() {
        try {
            discovery.ask();
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(Failures.of(e).atLeastAfter(quiet.left()))
                    .filter(failure -> failure.kind() == Failure.Kind.AWAY);
        }
    }

    /**
     * What synced watches say to a look that need not be fresh; empty where the API server has to be asked. What a watch
     * shows is believed. That it doesn't show something is believed only before a create, which the API server refuses
     * where the object is there.
     */
    public Optional<Event> fromWatches(Decision.Call call) {
        try {
            return call instanceof Decision.Look(WeightOrder order, boolean fresh)
                            && !fresh
                            && meshes.match(order) instanceof Match.Found(Mesh mesh, RouteIdentity route)
                    ? discovery.known(mesh.kind()).flatMap(version -> shown(mesh, version, route, order))
                    : Optional.empty();
        } catch (RuntimeException e) {
            LOG.debug("watches can't answer", e);
            return Optional.empty();
        }
    }

    private Optional<Event> shown(Mesh mesh, String version, RouteIdentity route, WeightOrder order) {
        watches.need(mesh.kind(), version, route.namespace());
        var object = watches.object(mesh.kind(), version, route)
                .filter(shown -> shown.document().isPresent() || isCreated(mesh, order));
        var active = shownReady(order, order.active());
        var canary = shownReady(order, order.canary());
        if (object.isEmpty()
                || active.isEmpty()
                || canary.isEmpty()
                || !notShown(mesh, order).isEmpty()) {
            return Optional.empty();
        }
        var sight = object.get()
                .document()
                .map(document -> sightings.see(mesh, order, document))
                .orElse(Sight.ABSENT);
        var ready = Map.of(order.active(), active.get(), order.canary(), canary.get());
        return Optional.of(new Event.Looked(sight, ready, Set.of(), clock.instant()));
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

    private Event look(WeightOrder order) {
        return switch (meshes.match(order)) {
            case Match.None none ->
                new Event.Looked(new Sight.Unservable(false, none.reason()), Map.of(), Set.of(), clock.instant());
            case Match.Found(Mesh mesh, RouteIdentity route) -> {
                var sight = discovery
                        .version(mesh.kind())
                        .map(version -> sight(mesh, version, route, order))
                        .orElseGet(() -> unserved(mesh.kind()));
                yield new Event.Looked(sight, ready(route.namespace(), order), missing(mesh, order), clock.instant());
            }
        };
    }

    private Sight sight(Mesh mesh, String version, RouteIdentity route, WeightOrder order) {
        watches.need(mesh.kind(), version, route.namespace());
        return found(mesh.kind(), version, route)
                .map(document -> sightings.see(mesh, order, document))
                .orElse(Sight.ABSENT);
    }

    /** A version that is no longer served says nothing of objects that are there. */
    private Optional<Document> found(Kind kind, String version, RouteIdentity route) {
        try {
            return objects.get(kind, version, route);
        } catch (KubernetesClientException e) {
            if (!Api.isUnserved(e)) {
                throw e;
            }
            discovery.doubt(kind);
            var other = discovery.version(kind).filter(next -> !next.equals(version));
            other.ifPresent(next -> watches.need(kind, next, route.namespace()));
            return objects.get(kind, other.orElseThrow(() -> e), route);
        }
    }

    private static Sight unserved(Kind kind) {
        return new Sight.Unservable(
                true,
                "the cluster serves no " + kind.kind() + " of " + kind.group() + " in any of " + kind.versions()
                        + ": install the mesh's definitions");
    }

    private Map<String, Integer> ready(String namespace, WeightOrder order) {
        var ready = new HashMap<String, Integer>();
        for (var backend : List.of(order.active(), order.canary())) {
            try {
                ready.put(backend, shownReady(order, backend).orElseGet(() -> endpoints.count(namespace, backend)));
            } catch (RuntimeException e) {
                LOG.debug("endpoints can't be read", e);
            }
        }
        return ready;
    }

    /** What a beginning concludes from an active backend without endpoints it concludes from a fresh look (B29). */
    private Optional<Integer> shownReady(WeightOrder order, String backend) {
        return watches.ready(order.namespace(), backend)
                .filter(count -> count > 0 || !order.begin() || !backend.equals(order.active()));
    }

    /** Asked only where it matters, and never guessed: a Service that may not be read is not missing. */
    private Set<String> missing(Mesh mesh, WeightOrder order) {
        return services.missing(order.namespace(), notShown(mesh, order));
    }

    /** Services that the order needs, and that no synced watch shows. */
    private Set<String> notShown(Mesh mesh, WeightOrder order) {
        var raises = order.begin() || (order.weight() != null && !order.weight().isZero());
        if (!raises || order.end() != null) {
            return Set.of();
        }
        return Stream.of(mesh.traits(order).fallback(), order.active(), order.canary())
                .filter(Objects::nonNull)
                .filter(name -> !watches.shows(order.namespace(), name))
                .collect(Collectors.toSet());
    }

    private Event create(Decision.Create create) {
        var order = create.placement().order();
        var mesh = mesh(order);
        var version = discovery.version(mesh.kind()).orElseThrow();
        var made = objects.create(mesh.kind(), version, route(order), mesh.create(version, create.placement()));
        return new Event.WriteSucceeded(sightings.see(mesh, order, made), clock.instant());
    }

    private Event update(Decision.Update update) {
        var order = update.placement().order();
        var mesh = mesh(order);
        var version = discovery.version(mesh.kind()).orElseThrow();
        var seen = sightings.at(order.route(), update.resourceVersion());
        if (seen.isEmpty()) {
            return new Event.WriteFailed(Failure.outdated("the object keeps changing"), clock.instant());
        }
        var written = objects.update(mesh.kind(), version, route(order), mesh.write(seen.get(), update.placement()));
        return new Event.WriteSucceeded(sightings.see(mesh, order, written), clock.instant());
    }

    private Event remove(Decision.Remove remove) {
        var mesh = mesh(remove.order());
        var version = discovery.version(mesh.kind()).orElseThrow();
        objects.delete(mesh.kind(), version, route(remove.order()), remove.uid(), remove.resourceVersion());
        return new Event.WriteSucceeded(Sight.ABSENT, clock.instant());
    }

    private static RouteIdentity route(WeightOrder order) {
        return RouteIdentity.parse(order.route()).orElseThrow();
    }

    /** Only routes that were found are written. */
    private Mesh mesh(WeightOrder order) {
        return ((Match.Found) meshes.match(order)).mesh();
    }
}
