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
            var failure = Failures.of(e).atLeastAfter(quiet.left());
            return call instanceof Decision.Look
                    ? new Event.LookFailed(failure, clock.instant())
                    : new Event.WriteFailed(failure, clock.instant());
        }
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
                watches.watchEndpoints(route.namespace());
                yield new Event.Looked(sight, ready(route.namespace(), order), missing(mesh, order), clock.instant());
            }
        };
    }

    private Sight sight(Mesh mesh, String version, RouteIdentity route, WeightOrder order) {
        watches.watchObjects(mesh.kind(), version, route.namespace());
        return objects.get(mesh.kind(), version, route)
                .or(() -> againIfServedOtherwise(mesh.kind(), version, route))
                .map(document -> sightings.see(mesh, order, document))
                .orElse(Sight.ABSENT);
    }

    /** A version that is no longer served answers 404 for objects that are there. */
    private Optional<Document> againIfServedOtherwise(Kind kind, String version, RouteIdentity route) {
        return discovery.lookUp(kind).filter(served -> !served.equals(version)).flatMap(served -> {
            watches.watchObjects(kind, served, route.namespace());
            return objects.get(kind, served, route);
        });
    }

    private static Sight unserved(Kind kind) {
        return new Sight.Unservable(
                true,
                "the cluster serves no " + kind.kind() + " of " + kind.group() + " in any of " + kind.versions()
                        + ": install the mesh's definitions");
    }

    /** What a beginning concludes from endpoints it concludes from a fresh look (B29). */
    private Map<String, Integer> ready(String namespace, WeightOrder order) {
        var ready = new HashMap<String, Integer>();
        for (var backend : List.of(order.active(), order.canary())) {
            try {
                ready.put(
                        backend,
                        (order.begin() ? Optional.<Integer>empty() : watches.ready(namespace, backend))
                                .orElseGet(() -> endpoints.count(namespace, backend)));
            } catch (RuntimeException e) {
                LOG.debug("endpoints can't be read", e);
            }
        }
        return ready;
    }

    /** Asked only where it matters, and never guessed: a Service that may not be read is not missing. */
    private Set<String> missing(Mesh mesh, WeightOrder order) {
        var raises = order.begin() || (order.weight() != null && !order.weight().isZero());
        if (!raises || order.end() != null) {
            return Set.of();
        }
        var names = Stream.of(mesh.traits(order).fallback(), order.active(), order.canary())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return services.missing(order.namespace(), names);
    }

    private Event create(Decision.Create create) {
        var order = create.placement().order();
        var mesh = mesh(order);
        var version = discovery.version(mesh.kind()).orElseThrow();
        var made = objects.create(mesh.kind(), version, mesh.create(version, create.placement()));
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
        var written = objects.update(mesh.kind(), version, mesh.write(seen.get(), update.placement()));
        return new Event.WriteSucceeded(sightings.see(mesh, order, written), clock.instant());
    }

    private Event remove(Decision.Remove remove) {
        var mesh = mesh(remove.order());
        var version = discovery.version(mesh.kind()).orElseThrow();
        var route = RouteIdentity.parse(remove.order().route()).orElseThrow();
        objects.delete(mesh.kind(), version, route, remove.uid(), remove.resourceVersion());
        return new Event.WriteSucceeded(Sight.ABSENT, clock.instant());
    }

    /** Only routes that were found are written. */
    private Mesh mesh(WeightOrder order) {
        return ((Match.Found) meshes.match(order)).mesh();
    }
}
