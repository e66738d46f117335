package dev.sluice.applier.kubernetes;

import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.Failure;
import dev.sluice.applier.core.Sight;
import dev.sluice.applier.mesh.Mesh;
import dev.sluice.applier.mesh.Meshes;
import dev.sluice.applier.mesh.Meshes.Match;
import dev.sluice.applier.mesh.RouteIdentity;
import dev.sluice.schemas.message.WeightOrder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
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
    private final Looks looks;
    private final Sightings sightings;
    private final Quiet quiet;
    private final Clock clock;

    RouteCalls(
            Meshes meshes,
            Discovery discovery,
            RoutingObjects objects,
            Looks looks,
            Sightings sightings,
            Quiet quiet,
            Clock clock) {
        this.meshes = meshes;
        this.discovery = discovery;
        this.objects = objects;
        this.looks = looks;
        this.sightings = sightings;
        this.quiet = quiet;
        this.clock = clock;
    }

    /** Never throws: what goes wrong is the event. */
    public Event carryOut(Decision.Call call) {
        try {
            return switch (call) {
                case Decision.Look look -> looks.at(look.order());
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

    /** What needs no call: a look that synced watches answer. */
    public Optional<Event> fromWatches(Decision.Call call) {
        return call instanceof Decision.Look look ? looks.fromWatches(look) : Optional.empty();
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
