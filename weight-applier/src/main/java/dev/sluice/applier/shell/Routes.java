package dev.sluice.applier.shell;

import dev.sluice.applier.config.ApplierSettings;
import dev.sluice.applier.core.Backoff;
import dev.sluice.applier.core.Decider;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.RouteState;
import dev.sluice.applier.core.Rules;
import dev.sluice.applier.core.Sight;
import dev.sluice.applier.core.Traits;
import dev.sluice.applier.kubernetes.Cluster;
import dev.sluice.applier.kubernetes.News;
import dev.sluice.applier.kubernetes.Sightings;
import dev.sluice.applier.kubernetes.Watches.EndpointsChange;
import dev.sluice.applier.kubernetes.Watches.ObjectChange;
import dev.sluice.applier.kubernetes.Watches.Unwatched;
import dev.sluice.applier.mesh.Meshes;
import dev.sluice.applier.mesh.Meshes.Match;
import dev.sluice.applier.mesh.ObjectRef;
import dev.sluice.applier.mesh.RouteIdentity;
import dev.sluice.applier.mesh.Workload;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.wire.Lineage;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** The routes of one cluster that this instance serves: brings events to the ones they concern. */
final class Routes implements News {
    private static final Logger LOG = Logger.getLogger(Routes.class);

    private final Map<String, RouteActor> actors = new ConcurrentHashMap<>();
    private final Map<String, ObjectActor> objects = new ConcurrentHashMap<>();
    private final RouteIndex<RouteActor> index = new RouteIndex<>();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("route-", 0).factory());
    private final Decider decider;
    private final Effects effects;
    private final Meshes meshes;
    private final Sightings sightings;
    private final Clock clock;

    Routes(Cluster cluster, Effects effects, Meshes meshes, ApplierSettings settings, Clock clock) {
        var backoff = new Backoff(settings.backoff().first(), settings.backoff().longest());
        this.decider = new Decider(new Rules(settings.gitopsManagers(), backoff, settings.confirmation()));
        this.effects = effects;
        this.meshes = meshes;
        this.sightings = cluster.sightings();
        this.clock = clock;
        var meters = cluster.meters();
        meters.gauge("sluice.applier.routes", "Routes that are served here", actors, Map::size);
        meters.gauge(
                "sluice.applier.routes.waiting",
                "Routes whose order waits for something",
                this,
                routes -> routes.count(RouteState::waiting));
        meters.gauge(
                "sluice.applier.rollbacks.retrying",
                "Routes whose way back has failed and is tried on",
                this,
                routes -> routes.count(RouteState::rollbackRetrying));
    }

    /**
     * An order from the log. Called by one thread.
     *
     * @param lineage of the order
     * @param isPast whether its partition is still being read from the beginning: a route met there for the first time
     *     writes nothing until {@link #read}, since a newer order of it may still come
     */
    void order(WeightOrder order, Lineage lineage, boolean isPast) {
        var match = match(order);
        // offered inside, so that no actor is forgotten while an order is on its way to it
        actors.compute(order.route(), (route, known) -> {
            var actor = known == null ? fresh(route, isPast) : known;
            index.add(order, match, actor);
            actor.trace(lineage);
            actor.offer(new Event.OrderRead(order, traits(order, match), clock.instant()));
            return actor;
        });
    }

    /** A plug-in that can't read an order keeps its own routes waiting and nobody else's: the look says what is wrong. */
    private Match match(WeightOrder order) {
        try {
            return meshes.match(order);
        } catch (RuntimeException bug) {
            LOG.errorf(bug, "the mesh can't read the order route=%s", order.route());
            return new Match.None("Sluice failed on it, see its log");
        }
    }

    private static Traits traits(WeightOrder order, Match match) {
        return match instanceof Match.Found found
                ? found.mesh().traits(order).serving(found.mesh().served(order))
                : Traits.EDITED;
    }

    /** The partitions that these routes' orders came from have been read to their ends. */
    void read(Collection<String> routes) {
        routes.stream()
                .map(actors::get)
                .filter(Objects::nonNull)
                .forEach(actor -> actor.offer(new Event.LogRead(clock.instant())));
    }

    /** The route is another instance's now, or nobody's: its object stays as it is. */
    void drop(String route) {
        actors.computeIfPresent(route, this::dropped);
    }

    /** A rollout that is over keeps nothing here, once nobody can come too late any more. */
    void ended(String over) {
        actors.computeIfPresent(over, (route, actor) -> actor.isOver() ? dropped(route, actor) : actor);
    }

    private RouteActor dropped(String route, RouteActor actor) {
        actor.close();
        objects.computeIfPresent(RouteIdentity.object(route), (key, object) -> object.leave(actor) ? null : object);
        index.remove(actor);
        effects.forgotten(route);
        return null;
    }

    @Override
    public void objectChanged(ObjectChange change) {
        for (var actor : index.ofObject(change.namespace(), change.kind().name(), change.name())) {
            var order = actor.state().order();
            if (order != null) {
                sightings
                        .see(order, change.kind(), change.namespace(), change.name(), change.document())
                        .ifPresent(sight -> seen(actor, order, sight));
                if (isNewsOfAWorkload(change, actor, order)) {
                    actor.offer(new Event.Reminded(clock.instant()));
                }
            }
        }
    }

    /** Whether what a watch showed differs from what is known to run; where that can't be told it may. */
    private static boolean isNewsOfAWorkload(ObjectChange change, RouteActor actor, WeightOrder order) {
        var changed = new ObjectRef(change.kind(), change.namespace(), change.name());
        return Workload.of(order).entrySet().stream()
                .filter(named -> named.getValue().ref().equals(changed))
                .anyMatch(named -> named.getValue().needsReplicaSets()
                        || change.document() == null
                        || !actor.state()
                                .running(named.getKey())
                                .equals(Optional.of(
                                        named.getValue().running(change.document(), order.revision(), List.of()))));
    }

    private void seen(RouteActor actor, WeightOrder order, Sight sight) {
        // first what is wanted, so that pods that somebody has taken away don't count as lost
        actor.offer(new Event.ObjectSeen(sight, clock.instant()));
        var ready = sightings.ready(order);
        if (!ready.isEmpty()) {
            actor.offer(new Event.EndpointsSeen(ready, clock.instant()));
        }
    }

    @Override
    public void endpointsChanged(EndpointsChange change) {
        for (var actor : index.ofService(change.namespace(), change.service())) {
            var order = actor.state().order();
            if (order != null) {
                actor.offer(sightings
                        .endpoints(order, change.service(), change.count())
                        .<Event>map(seen -> new Event.EndpointsSeen(seen, clock.instant()))
                        .orElseGet(() -> new Event.Reminded(clock.instant())));
            }
        }
    }

    @Override
    public void unwatched(Unwatched place) {
        actors.values().stream()
                .filter(actor ->
                        place.namespace().isEmpty() || isIn(place.namespace().get(), actor))
                .forEach(RouteActor::unwatched);
    }

    private static boolean isIn(String namespace, RouteActor actor) {
        var order = actor.state().order();
        return order != null && order.namespace().equals(namespace);
    }

    private RouteActor fresh(String route, boolean isPast) {
        var state = isPast ? RouteState.reading(route) : RouteState.open(route);
        var made = new RouteActor[1];
        objects.compute(RouteIdentity.object(route), (key, known) -> {
            var object = known == null ? new ObjectActor(threads) : known;
            made[0] = new RouteActor(state, decider::decide, effects, object, clock);
            return object;
        });
        return made[0];
    }

    private double count(Predicate<RouteState> which) {
        return actors.values().stream().map(RouteActor::state).filter(which).count();
    }

    void stop() {
        actors.values().forEach(RouteActor::close);
        threads.shutdownNow();
    }
}
