package dev.sluice.applier.shell;

import dev.sluice.applier.config.ApplierSettings;
import dev.sluice.applier.kafka.ReportLog;
import dev.sluice.applier.kubernetes.Cluster;
import dev.sluice.applier.kubernetes.Clusters;
import dev.sluice.applier.mesh.Meshes;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.wire.Lineage;
import dev.sluice.telemetry.Tracing;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Brings orders to the routes of their cluster. No cluster's routes know of another's. */
@ApplicationScoped
public class Orders {
    private final List<Served> all;
    private final Map<String, Served> byCluster = new HashMap<>();

    private record Served(ClusterEffects effects, Routes routes, Checks checks, Observers observers) {}

    Orders(
            Clusters clusters,
            Meshes meshes,
            ReportLog reports,
            ApplierSettings settings,
            Clock clock,
            Tracing tracing) {
        all = clusters.all().stream()
                .map(cluster -> served(cluster, meshes, reports, settings, clock, tracing))
                .toList();
    }

    private Served served(
            Cluster cluster, Meshes meshes, ReportLog reports, ApplierSettings settings, Clock clock, Tracing tracing) {
        var effects = new ClusterEffects(cluster, reports, settings, clock, tracing);
        var routes = new Routes(cluster, effects, meshes, settings, clock);
        effects.tell(routes::ended);
        cluster.listen(routes);
        var observers = new Observers(cluster.routeLooks(), meshes, reports, clock);
        cluster.listen(observers);
        var served = new Served(effects, routes, new Checks(cluster.preflight(), reports, clock), observers);
        cluster.access().clusters().forEach(name -> byCluster.put(name, served));
        return served;
    }

    /** Whether the cluster's orders are carried out here. */
    public boolean serves(String cluster) {
        return byCluster.containsKey(cluster);
    }

    /**
     * An order from the log, of a cluster that is served. Called by one thread.
     *
     * @param lineage of the order
     * @param isPast whether its partition is still being read from the beginning: a route met there for the first time
     *     writes nothing until {@link #read}, since a newer order of it may still come
     */
    public void order(WeightOrder order, Lineage lineage, boolean isPast) {
        byCluster.get(order.cluster()).routes().order(order, lineage, isPast);
    }

    /** The same of an order that only checks; see {@link Checks#order}. */
    public void check(WeightOrder order, Lineage lineage, boolean isPast) {
        byCluster.get(order.cluster()).checks().order(order, lineage, isPast);
    }

    /** The same of an order that only observes; see {@link Observers#order}. */
    public void observe(WeightOrder order, Lineage lineage) {
        byCluster.get(order.cluster()).observers().order(order, lineage);
    }

    /**
     * Nobody asks any more what the route carries, or another instance is asked.
     *
     * @param key of the order that asked
     */
    public void unobserve(String key) {
        all.forEach(served -> served.observers().drop(key));
    }

    /** The partitions that these routes' orders came from have been read to their ends. */
    public void read(Collection<String> routes) {
        all.forEach(served -> served.routes().read(routes));
    }

    /** The route is another instance's now, or nobody's: its object stays as it is. */
    public void drop(String route) {
        all.forEach(served -> served.routes().drop(route));
    }

    @PreDestroy
    void stop() {
        all.forEach(served -> {
            served.checks().stop();
            served.observers().stop();
            served.routes().stop();
            served.effects().stop();
        });
    }
}
