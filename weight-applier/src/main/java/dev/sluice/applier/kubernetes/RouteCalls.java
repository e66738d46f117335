package dev.sluice.applier.kubernetes;

import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.Failure;
import dev.sluice.applier.core.Placement;
import dev.sluice.applier.mesh.Mesh;
import dev.sluice.applier.mesh.Meshes;
import dev.sluice.applier.mesh.Meshes.Match;
import dev.sluice.applier.mesh.ObjectRef;
import dev.sluice.applier.mesh.Plan;
import dev.sluice.applier.mesh.RouteIdentity;
import dev.sluice.applier.mesh.RouteObjects;
import dev.sluice.applier.mesh.Write;
import dev.sluice.schemas.message.WeightOrder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Carries the calls of routes out and says what came of each. Blocks the caller, one route's thread, for as long as the
 * API server takes.
 */
public final class RouteCalls {
    private static final Logger LOG = Logger.getLogger(RouteCalls.class);

    private final Meshes meshes;
    private final Discovery discovery;
    private final RoutingObjects objects;
    private final Looks looks;
    private final Sightings sightings;
    private final Quiet quiet;
    private final News news;
    private final Clock clock;

    RouteCalls(
            Meshes meshes,
            Discovery discovery,
            RoutingObjects objects,
            Looks looks,
            Sightings sightings,
            Quiet quiet,
            News news,
            Clock clock) {
        this.meshes = meshes;
        this.discovery = discovery;
        this.objects = objects;
        this.looks = looks;
        this.sightings = sightings;
        this.quiet = quiet;
        this.news = news;
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
                found(call.order()).objects(call.order()).forEach(ref -> discovery.doubt(ref.kind()));
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
        var found = found(order);
        var seen = sightings
                .latest(order.route())
                .orElseGet(() -> new RouteObjects(found.objects(order), Map.of(), Map.of()));
        if (seen.main() != null) {
            return new Event.WriteFailed(Failure.outdated("the object is there by now"), clock.instant());
        }
        return found.mesh()
                .cannotCreate(seen, order)
                .<Event>map(why -> new Event.WriteFailed(Failure.failed(why), clock.instant()))
                .orElseGet(() -> written(found.mesh(), order, create.placement(), served(seen)));
    }

    private Event update(Decision.Update update) {
        var order = update.placement().order();
        return sightings
                .at(order.route(), update.resourceVersion())
                .map(seen -> written(mesh(order), order, update.placement(), served(seen)))
                .orElseGet(() -> new Event.WriteFailed(Failure.outdated("the object keeps changing"), clock.instant()));
    }

    /** One write after the other; where one fails, the next look shows how far they came, and what is left. */
    private Event written(Mesh mesh, WeightOrder order, Placement placement, RouteObjects seen) {
        return carryOut(mesh, order, Plan.of(mesh, seen, placement), seen);
    }

    private Event remove(Decision.Remove remove) {
        var order = remove.order();
        var mesh = mesh(order);
        return sightings
                .at(order.route(), remove.resourceVersion())
                .map(seen -> carryOut(mesh, order, mesh.remove(seen, order), served(seen)))
                .orElseGet(() -> new Event.WriteFailed(Failure.outdated("the object keeps changing"), clock.instant()));
    }

    private Event carryOut(Mesh mesh, WeightOrder order, List<Write> writes, RouteObjects seen) {
        var now = seen;
        for (var write : writes) {
            var version = now.version(write.ref().kind()).orElseThrow();
            var written = objects.carryOut(write, version);
            now = now.with(write.ref(), written);
            tellOthers(order, now, write.ref());
        }
        return new Event.WriteSucceeded(sightings.see(mesh, order, now), clock.instant());
    }

    /** Routes beside this one in the same object go on from here, and need not wait until their watch tells them. */
    private void tellOthers(WeightOrder order, RouteObjects now, ObjectRef written) {
        var isShared = now.refs().size() > 1
                || RouteIdentity.parse(order.route()).orElseThrow().rule() != null;
        if (isShared) {
            news.objectChanged(new Watches.ObjectChange(
                    written.kind(),
                    written.namespace(),
                    written.name(),
                    now.get(written).orElse(null)));
        }
    }

    /** With the versions that the cluster serves now. */
    private RouteObjects served(RouteObjects seen) {
        var versions = new HashMap<String, String>();
        for (var ref : seen.refs()) {
            discovery
                    .version(ref.kind())
                    .ifPresent(version -> versions.put(ref.kind().name(), version));
        }
        return new RouteObjects(seen.refs(), seen.documents(), versions, seen.rivals());
    }

    /** Only routes that were found are written. */
    private Match.Found found(WeightOrder order) {
        return (Match.Found) meshes.match(order);
    }

    private Mesh mesh(WeightOrder order) {
        return found(order).mesh();
    }
}
