package dev.sluice.applier.shell;

import dev.sluice.applier.config.ApplierSettings;
import dev.sluice.applier.core.Backoff;
import dev.sluice.applier.core.Decider;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.RouteState;
import dev.sluice.applier.core.Rules;
import dev.sluice.applier.core.Traits;
import dev.sluice.applier.kubernetes.Sightings;
import dev.sluice.applier.kubernetes.Watches.EndpointsChange;
import dev.sluice.applier.kubernetes.Watches.ObjectChange;
import dev.sluice.applier.mesh.Meshes;
import dev.sluice.applier.mesh.Meshes.Match;
import dev.sluice.schemas.message.WeightOrder;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** The routes that this instance serves: brings events to the ones they concern. */
@ApplicationScoped
public class Routes {
    private final Map<String, RouteActor> actors = new ConcurrentHashMap<>();
    private final RouteIndex index = new RouteIndex();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("route-", 0).factory());
    private final Decider decider;
    private final Effects effects;
    private final Meshes meshes;
    private final Sightings sightings;
    private final Clock clock;
    private volatile boolean reading = true;

    Routes(
            ApplierSettings settings,
            Effects effects,
            Meshes meshes,
            Sightings sightings,
            MeterRegistry registry,
            Clock clock) {
        var backoff = new Backoff(settings.backoff().first(), settings.backoff().longest());
        this.decider = new Decider(new Rules(settings.gitopsManagers(), backoff));
        this.effects = effects;
        this.meshes = meshes;
        this.sightings = sightings;
        this.clock = clock;
        registry.gauge("sluice.applier.routes", actors, Map::size);
        registry.gauge("sluice.applier.routes.waiting", this, routes -> routes.count(RouteState::waiting));
        registry.gauge("sluice.applier.rollbacks.retrying", this, routes -> routes.count(RouteState::rollbackRetrying));
    }

    /**
     * An order from the log. Called by one thread.
     *
     * @param traceparent of the order's message, or null
     */
    public void order(WeightOrder order, String traceparent) {
        var actor = actors.computeIfAbsent(order.route(), this::fresh);
        var traits =
                meshes.match(order) instanceof Match.Found found ? found.mesh().traits(order) : Traits.EDITED;
        index.add(order, actor);
        actor.trace(traceparent);
        actor.offer(new Event.OrderRead(order, traits, clock.instant()));
    }

    /** Nothing is written until {@link #read()}: a newer order may still come. */
    public void reading() {
        reading = true;
        actors.values().forEach(actor -> actor.offer(new Event.LogReading(clock.instant())));
    }

    public void read() {
        reading = false;
        actors.values().forEach(actor -> actor.offer(new Event.LogRead(clock.instant())));
    }

    /** The route is another instance's now, or nobody's: its object stays as it is. */
    public void drop(String route) {
        var actor = actors.remove(route);
        if (actor != null) {
            actor.close();
            index.remove(actor);
            sightings.forget(route);
        }
    }

    void objectChanged(@Observes ObjectChange change) {
        for (var actor : index.ofObject(change.namespace(), change.kind().name(), change.name())) {
            var order = actor.state().order();
            if (order != null) {
                sightings
                        .see(order, change.document())
                        .ifPresent(sight -> actor.offer(new Event.ObjectSeen(sight, clock.instant())));
            }
        }
    }

    void endpointsChanged(@Observes EndpointsChange change) {
        for (var actor : index.ofService(change.namespace(), change.service())) {
            actor.offer(new Event.EndpointsSeen(Map.of(change.service(), change.ready()), clock.instant()));
        }
    }

    private RouteActor fresh(String route) {
        var state = reading ? RouteState.reading(route) : RouteState.open(route);
        return new RouteActor(state, decider, effects, threads);
    }

    private double count(Predicate<RouteState> which) {
        return actors.values().stream().map(RouteActor::state).filter(which).count();
    }

    @PreDestroy
    void stop() {
        actors.values().forEach(RouteActor::close);
        threads.shutdownNow();
    }
}
