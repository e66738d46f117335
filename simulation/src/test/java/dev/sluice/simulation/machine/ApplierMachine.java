package dev.sluice.simulation.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.applier.core.EndpointCount;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.RouteState;
import dev.sluice.applier.core.Traits;
import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.ObjectRef;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.wire.Json;
import dev.sluice.simulation.bus.Bus;
import dev.sluice.simulation.bus.Follower;
import dev.sluice.simulation.bus.Group;
import dev.sluice.simulation.bus.Log;
import dev.sluice.simulation.cluster.ApiServer;
import dev.sluice.simulation.fault.Faults;
import dev.sluice.simulation.world.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An instance of the applier: reads its partitions of the order log from the beginning, before it writes anything. */
public final class ApplierMachine extends Machine implements Group.Member, ApiServer.Watcher {
    private static final long WATCH_CHECK_MILLIS = 30_000;

    private final ApiServer cluster;
    private final Bus bus;
    private final Group group;
    private final Parts parts;
    private final Checking checks;
    private final Observing observing;
    private final TreeMap<String, RouteWorker> workers = new TreeMap<>();
    /** In an order, for a seed is to say the same each time. */
    private final Map<Log, Follower> followers = new TreeMap<>(Comparator.comparingInt(Log::number));

    private final Set<Log> unread = new HashSet<>();
    private final Set<ObjectRef> missed = new LinkedHashSet<>();
    private ClusterCalls calls;
    private long watchedUntilMillis;

    public ApplierMachine(
            World world, Faults faults, String name, ApiServer cluster, Bus bus, Group group, Parts parts) {
        super(world, faults, name);
        this.cluster = cluster;
        this.bus = bus;
        this.group = group;
        this.parts = parts;
        this.checks = new Checking(this, bus);
        this.observing = new Observing(this, bus);
        this.calls = new ClusterCalls(this, cluster, parts);
        group.join(this);
        cluster.watch(this);
    }

    @Override
    public Machine machine() {
        return this;
    }

    @Override
    protected void started() {
        missed.clear();
        calls = new ClusterCalls(this, cluster, parts);
        observing.started(new ClusterCalls(this, cluster, parts));
        group.rebalanceSoon();
        later(WATCH_CHECK_MILLIS, this::checkWatches);
    }

    /** What a silent watch has kept to itself is found by a list. */
    private void checkWatches() {
        if (!cluster.isDown()) {
            var found = List.copyOf(missed);
            missed.clear();
            found.forEach(ref -> tellObject(ref, cluster.get(ref)));
        }
        later(WATCH_CHECK_MILLIS, this::checkWatches);
    }

    @Override
    protected void died() {
        assigned(List.of());
        group.rebalanceSoon();
    }

    @Override
    public void assigned(List<Log> partitions) {
        for (var lost : List.copyOf(followers.keySet())) {
            if (!partitions.contains(lost)) {
                followers.remove(lost).close();
                unread.remove(lost);
                observing.lost(lost);
                workers.values().removeIf(worker -> worker.log() == lost && close(worker));
            }
        }
        for (var partition : partitions) {
            if (!followers.containsKey(partition)) {
                read(partition);
            }
        }
    }

    private boolean close(RouteWorker worker) {
        worker.close();
        calls.sightings().forget(worker.route());
        return true;
    }

    private void read(Log partition) {
        var end = partition.end();
        var reading = new Follower[1];
        reading[0] = new Follower(this, partition, 0, batch -> {
            batch.forEach(entry -> take(partition, entry));
            var next = batch.getLast().offset() + 1;
            hasRead(partition, next, end);
            return next;
        });
        followers.put(partition, reading[0]);
        if (end > 0) {
            unread.add(partition);
        }
        reading[0].wake();
    }

    private void hasRead(Log partition, long next, long end) {
        if (next >= end && unread.remove(partition)) {
            new ArrayList<>(workers.values())
                    .stream()
                            .filter(worker -> worker.log() == partition)
                            .forEach(worker -> worker.offer(new Event.LogRead(clock())));
        }
    }

    private void take(Log partition, Log.Entry entry) {
        if (!isUp()) {
            return;
        }
        if (entry.message() instanceof WeightOrder order) {
            if (!order.cluster().equals(cluster.name())) {
                return;
            }
            if (order.observe() && !parts.omit(Parts.Omission.OBSERVING)) {
                observing.order(order, partition, traits(order));
            } else if (order.check() && !order.observe()) {
                checks.order(order);
            } else {
                var worker = workers.computeIfAbsent(order.route(), route -> worker(route, partition));
                var taken = order.observe() ? toCarryOut(order) : order;
                worker.offer(new Event.OrderRead(taken, traits(taken), clock()));
            }
        } else if (!observing.forget(entry.key()) && workers.containsKey(entry.key())) {
            workers.get(entry.key()).offer(new Event.OrderForgotten(clock()));
        }
    }

    /** As who doesn't know what observing is, nor what a check is, would take it. */
    private static WeightOrder toCarryOut(WeightOrder order) {
        var tree = Json.mapper()
                .<ObjectNode>valueToTree(order)
                .put("observe", false)
                .put("check", false);
        try {
            return Json.mapper().treeToValue(tree, WeightOrder.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private RouteWorker worker(String route, Log partition) {
        var state = unread.contains(partition) ? RouteState.reading(route) : RouteState.open(route);
        return new RouteWorker(this, cluster, calls, bus, parts, partition, state);
    }

    private Traits traits(WeightOrder order) {
        var mesh = calls.found(order).mesh();
        return mesh.traits(order).serving(mesh.served(order));
    }

    /** A watch tells late, but in order. */
    @Override
    public void objectChanged(ObjectRef ref, Document document) {
        if (faults().isNewsLost()) {
            missed.add(ref);
        } else {
            missed.remove(ref);
            tellObject(ref, document);
        }
    }

    private void tellObject(ObjectRef ref, Document document) {
        tell(() -> seen(ref, document));
    }

    /** Every route that has to do with it goes on from there. */
    void seen(ObjectRef ref, Document document) {
        for (var worker : new ArrayList<>(workers.values())) {
            var order = worker.order();
            if (order != null) {
                calls.sightings()
                        .see(order, ref.kind(), ref.namespace(), ref.name(), document)
                        .ifPresent(sight -> worker.offer(new Event.ObjectSeen(sight, clock())));
            }
        }
        observing.objectChanged(ref, document);
    }

    @Override
    public void endpointsChanged(Map<String, Integer> ready) {
        tell(() -> new ArrayList<>(workers.values())
                .forEach(
                        worker -> new TreeMap<>(ready).forEach((service, count) -> endpoints(worker, service, count))));
    }

    private void endpoints(RouteWorker worker, String service, int count) {
        var order = worker.order();
        if (order != null && calls.found(order).mesh().watched(order).contains(service)) {
            worker.offer(calls.sightings()
                    .endpoints(order, service, EndpointCount.ready(count))
                    .<Event>map(seen -> new Event.EndpointsSeen(seen, clock()))
                    .orElseGet(() -> new Event.Reminded(clock())));
        }
    }

    private void tell(Runnable news) {
        if (isUp()) {
            watchedUntilMillis = Math.max(watchedUntilMillis, world().nowMillis() + faults().latencyMillis());
            later(watchedUntilMillis - world().nowMillis(), news);
        }
    }
}
