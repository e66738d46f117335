package dev.sluice.simulation.fault;

import dev.sluice.schemas.Topic;
import dev.sluice.simulation.bus.Bus;
import dev.sluice.simulation.bus.Group;
import dev.sluice.simulation.cluster.ApiServer;
import dev.sluice.simulation.machine.Database;
import dev.sluice.simulation.machine.EngineMachine;
import dev.sluice.simulation.machine.Machine;
import dev.sluice.simulation.world.Chance;
import dev.sluice.simulation.world.Observation;
import dev.sluice.simulation.world.World;
import java.util.List;

/** What befalls a run at moments of its own: the faults that don't come with an effect. */
public final class Disasters {
    private final World world;
    private final Chance chance;
    private final Faults faults;
    private final List<Machine> machines;
    private final List<Group> groups;
    private final List<ApiServer> clusters;
    private final List<String> backends;

    public Disasters(
            World world,
            Faults faults,
            List<Machine> machines,
            List<Group> groups,
            List<ApiServer> clusters,
            List<String> backends) {
        this.world = world;
        this.chance = world.chance();
        this.faults = faults;
        this.machines = List.copyOf(machines);
        this.groups = List.copyOf(groups);
        this.clusters = List.copyOf(clusters);
        this.backends = List.copyOf(backends);
    }

    public void begin() {
        times(6, 50, () -> chance.oneOf(machines).crash());
        times(4, 40, () -> chance.oneOf(machines).freeze(chance.between(1000, 12_000)));
        times(4, 50, () -> chance.oneOf(groups).rebalance());
        times(3, 30, () -> chance.oneOf(groups).rebalanceToNothingNew());
        times(3, 30, () -> chance.oneOf(machines).setClock());
        times(2, 30, () -> refuse(chance.oneOf(clusters)));
        times(3, 40, () -> outage(chance.oneOf(clusters)));
        times(4, 50, () -> endpointsGo(chance.oneOf(clusters), chance.oneOf(backends)));
        world.in(faults.calmAtMillis(), this::calm);
    }

    /** Compaction is no fault, and goes on at any time. */
    public void compact(Bus bus) {
        for (var topic : List.of(Topic.WEIGHTS, Topic.ANALYSES, Topic.STATUS)) {
            bus.logs(topic).forEach(log -> times(2, 50, log::compact));
        }
    }

    /** A topic that isn't the orders' can't be written for a while. */
    public void breakTopic(Bus bus) {
        if (chance.percent(25)) {
            var from = chance.between(1000, (int) faults.calmAtMillis() - 1);
            var topic = chance.oneOf(List.of(Topic.STATUS, Topic.AUDIT, Topic.ANALYSES));
            world.in(from, () -> bus.setBroken(topic));
            world.in(Math.min(from + 90_000, faults.calmAtMillis()), () -> bus.setBroken(null));
        }
    }

    /** For a while a webhook of the cluster changes what is written to its objects. */
    public void meddleWithWrites() {
        if (chance.percent(15)) {
            var cluster = chance.oneOf(clusters);
            var from = chance.between(1000, (int) faults.calmAtMillis() - 1);
            world.in(from, () -> cluster.setMeddled(true));
            world.in(
                    Math.min(from + chance.between(5_000, 60_000), faults.calmAtMillis()),
                    () -> cluster.setMeddled(false));
        }
    }

    /** The database is backed up at some time and brought back at another, with all engines stopped. */
    public void restore(Database database, List<EngineMachine> engines) {
        if (!chance.percent(8)) {
            return;
        }
        var backUpAt = chance.between(10_000, (int) faults.calmAtMillis() - 10_000);
        var restoreAt = chance.between(backUpAt, (int) faults.calmAtMillis() - 5000);
        world.in(backUpAt, () -> {
            var backup = database.backUp();
            world.in(restoreAt - backUpAt, () -> {
                engines.forEach(EngineMachine::crash);
                database.restore(backup);
                world.see("database", new Observation.Restored());
            });
        });
    }

    private void times(int most, int percent, Runnable disaster) {
        if (chance.percent(percent)) {
            for (var more = chance.between(1, most); more > 0; more--) {
                world.in(chance.between(1000, (int) faults.calmAtMillis() - 1), disaster);
            }
        }
    }

    private void outage(ApiServer cluster) {
        if (!cluster.isDown()) {
            cluster.setDown(true);
            world.in(chance.between(500, 45_000), () -> {
                if (cluster.isDown()) {
                    cluster.setDown(false);
                }
            });
        }
    }

    /** For a while the server is there and says no. */
    private void refuse(ApiServer cluster) {
        cluster.setRefusal(chance.oneOf(List.of(ApiServer.Refusal.values())));
        world.in(
                Math.min(chance.between(500, 45_000), faults.calmAtMillis() - world.nowMillis()),
                () -> cluster.setRefusal(null));
    }

    private void endpointsGo(ApiServer cluster, String backend) {
        cluster.setReady(backend, 0);
        world.in(chance.between(500, 60_000), () -> cluster.setReady(backend, chance.between(1, 3)));
    }

    /** From here on everything works, so that everything can come to an end. */
    private void calm() {
        world.note("world", "is calm", null);
        clusters.stream().filter(ApiServer::isDown).forEach(cluster -> cluster.setDown(false));
        clusters.forEach(ApiServer::openWatchesAgain);
        clusters.forEach(cluster -> backends.forEach(backend -> cluster.setReady(backend, 3)));
        world.in(61_000, () -> clusters.forEach(cluster -> backends.forEach(backend -> cluster.setReady(backend, 3))));
        world.in(10_000, () -> groups.forEach(Group::rebalance));
    }
}
