package dev.sluice.applier.shell;

import dev.sluice.applier.core.Traits;
import dev.sluice.applier.kafka.ReportLog;
import dev.sluice.applier.kubernetes.News;
import dev.sluice.applier.kubernetes.RouteLooks;
import dev.sluice.applier.kubernetes.Watches.EndpointsChange;
import dev.sluice.applier.kubernetes.Watches.ObjectChange;
import dev.sluice.applier.kubernetes.Watches.Unwatched;
import dev.sluice.applier.mesh.Meshes;
import dev.sluice.applier.mesh.Meshes.Match;
import dev.sluice.applier.timer.Alarm;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.wire.Keys;
import dev.sluice.schemas.wire.Lineage;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * The routes of one cluster that another tool decides about. Apart from those that are served: nothing here knows how to write, and
 * looking goes slowly beside what somebody waits for in a rollout.
 */
final class Observers implements News {
    private static final Logger LOG = Logger.getLogger(Observers.class);
    private static final int AT_ONCE = 2;
    /** Whatever is believed of watches may be wrong (B49), and a cluster without them is seen by looks alone. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    /** By the key of the order: several applications may observe one route. */
    private final Map<String, Observer> observers = new ConcurrentHashMap<>();

    private final RouteIndex<Observer> index = new RouteIndex<>();
    private final RouteLooks looks;
    private final Meshes meshes;
    private final ReportLog reports;
    private final Clock clock;
    private final Alarm alarm;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofVirtual().name("observe-", 0).factory());

    Observers(RouteLooks looks, Meshes meshes, ReportLog reports, Clock clock) {
        this.looks = looks;
        this.meshes = meshes;
        this.reports = reports;
        this.clock = clock;
        this.alarm = new Alarm(clock);
    }

    /** An order that only observes. Called by one thread; returns at once. */
    void order(WeightOrder order, Lineage lineage) {
        var key = Keys.observed(order.application(), order.route());
        var known = observers.get(key);
        if (known != null && order.fence().isBelow(known.order().fence())) {
            return;
        }
        if (known != null && order.fence().equals(known.order().fence())) {
            known.again();
            threads.execute(() -> look(known));
            return;
        }
        drop(key);
        var match = match(order);
        var observer = new Observer(order, traits(order, match), lineage, this::tell);
        observers.put(key, observer);
        index.add(order, match, observer);
        lookNowAndThen(observer);
    }

    /** Nobody asks for it any more, or another instance is asked. Called by the same thread. */
    void drop(String key) {
        var observer = observers.remove(key);
        if (observer != null) {
            observer.close();
            index.remove(observer);
            looks.forget(observer.order().route());
        }
    }

    private Match match(WeightOrder order) {
        try {
            return meshes.match(order);
        } catch (RuntimeException bug) {
            LOG.errorf(bug, "the mesh can't read the order route=%s", order.route());
            return new Match.None("Sluice failed on it, see its log");
        }
    }

    private static Traits traits(WeightOrder order, Match match) {
        return match instanceof Match.Found found ? found.mesh().traits(order) : Traits.EDITED;
    }

    /** At most one look of a route is due or under way. */
    private void lookNowAndThen(Observer observer) {
        threads.execute(() -> {
            look(observer);
            if (!observer.isClosed()) {
                alarm.at(clock.instant().plus(spread(observer)), () -> lookNowAndThen(observer));
            }
        });
    }

    private void look(Observer observer) {
        if (observer.isClosed()) {
            return;
        }
        try {
            observer.looked(looks.look(observer.order()));
        } catch (RuntimeException bug) {
            LOG.errorf(
                    bug,
                    "a route could not be looked at route=%s",
                    observer.order().route());
        }
    }

    /** Between once and twice as long, for one route always the same. */
    private static Duration spread(Observer observer) {
        var part = Math.floorMod(observer.order().route().hashCode() * 0x9E3779B9, 1000);
        return LOOK_AGAIN.plus(LOOK_AGAIN.multipliedBy(part).dividedBy(1000));
    }

    @Override
    public void objectChanged(ObjectChange change) {
        for (var observer : index.ofObject(change.namespace(), change.kind().name(), change.name())) {
            looks.see(observer.order(), change).ifPresent(sight -> observer.seen(sight, clock.instant()));
        }
    }

    @Override
    public void endpointsChanged(EndpointsChange change) {
        // what is ready is the other tool's to look after
    }

    @Override
    public void unwatched(Unwatched place) {
        // looked at now and then all the same
    }

    private void tell(Observer.Told told) {
        var report = told.report();
        LOG.infof(
                "observed route=%s weight=%s actor=%s reason=%s",
                report.route(), report.observed().weight(), report.actor(), report.reason());
        var content = Objects.hash(report.observed(), report.absent(), report.reason());
        var id = Keys.observed(report.application(), report.route()) + "/" + report.generation() + "/"
                + Integer.toHexString(content) + "/" + report.time().toEpochMilli();
        reports.send(report, id, told.lineage());
    }

    void stop() {
        alarm.stop();
        threads.shutdownNow();
    }
}
