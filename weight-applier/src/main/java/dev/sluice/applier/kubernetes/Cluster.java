package dev.sluice.applier.kubernetes;

import dev.sluice.applier.config.ApplierSettings;
import dev.sluice.applier.mesh.Meshes;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;

/**
 * One API server, and all that is kept of it and asked of it. It shares nothing with others that one which doesn't answer
 * could hold up: no connection, thread, watch or wait.
 */
public final class Cluster implements AutoCloseable {
    private final Access access;
    private final ClusterMeters meters;
    private final KubernetesClient client;
    private final Changes changes = new Changes();
    private final Sightings sightings;
    private final ApiHealth health;
    private final Watches watches;
    private final WatchCheck check;
    private final RouteCalls calls;
    private final Preflight preflight;
    private final RouteLooks routeLooks;

    Cluster(
            Access access,
            ApplierSettings settings,
            Meshes meshes,
            ClusterMeters meters,
            ClusterClient clients,
            Clock clock) {
        this.access = access;
        this.meters = meters;
        var quiet = new Quiet(clock);
        client = clients.client(access, quiet, new Traffic(meters));
        var api = new Api(client, settings);
        var lists = new Lists(client, api);
        var discovery = new Discovery(client, clock);
        var objects = new RoutingObjects(client, api);
        sightings = new Sightings(meshes);
        health = new ApiHealth(access.name(), discovery, meters, clock);
        watches = new Watches(client, objects, discovery, changes, health, meters);
        check = new WatchCheck(watches, lists, health, changes, meters, settings);
        var endpoints = new ReadyEndpoints(client);
        var services = new Services(client);
        var workloads = new RunningWorkloads(objects, watches);
        var looks = new Looks(meshes, discovery, objects, endpoints, services, watches, sightings, workloads, clock);
        var others = new Sightings(meshes);
        routeLooks = new RouteLooks(
                new Looks(meshes, discovery, objects, endpoints, services, watches, others, workloads, clock),
                others,
                clock);
        calls = new RouteCalls(meshes, discovery, objects, looks, sightings, quiet, changes, clock);
        preflight = new Preflight(meshes, new PreflightReads(discovery, objects, endpoints, api), objects);
    }

    /** Returns at once, whether the API server answers or not. */
    void start() {
        health.start();
        check.start();
    }

    public Access access() {
        return access;
    }

    public ClusterMeters meters() {
        return meters;
    }

    public RouteCalls calls() {
        return calls;
    }

    public Preflight preflight() {
        return preflight;
    }

    /** At what another tool decides about. */
    public RouteLooks routeLooks() {
        return routeLooks;
    }

    public Sightings sightings() {
        return sightings;
    }

    public ApiHealth health() {
        return health;
    }

    /** Watches begin with the first call, so whoever listens before it misses nothing. */
    public void listen(News listener) {
        changes.listen(listener);
    }

    @Override
    public void close() {
        check.stop();
        health.stop();
        watches.stop();
        client.close();
    }
}
