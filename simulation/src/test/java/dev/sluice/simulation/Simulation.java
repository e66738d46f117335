package dev.sluice.simulation;

import dev.sluice.gate.core.Bounds;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Status;
import dev.sluice.simulation.bus.Bus;
import dev.sluice.simulation.bus.Group;
import dev.sluice.simulation.bus.Log;
import dev.sluice.simulation.cluster.ApiServer;
import dev.sluice.simulation.cluster.Split;
import dev.sluice.simulation.fault.Disasters;
import dev.sluice.simulation.fault.Faults;
import dev.sluice.simulation.invariant.Ending;
import dev.sluice.simulation.invariant.Invariant;
import dev.sluice.simulation.invariant.Violation;
import dev.sluice.simulation.machine.ApplierMachine;
import dev.sluice.simulation.machine.Database;
import dev.sluice.simulation.machine.EngineMachine;
import dev.sluice.simulation.machine.GateMachine;
import dev.sluice.simulation.machine.Machine;
import dev.sluice.simulation.machine.Parts;
import dev.sluice.simulation.people.Callees;
import dev.sluice.simulation.people.Dashboard;
import dev.sluice.simulation.people.Freezers;
import dev.sluice.simulation.people.Hands;
import dev.sluice.simulation.people.Operators;
import dev.sluice.simulation.people.OtherTool;
import dev.sluice.simulation.people.RolloutFiles;
import dev.sluice.simulation.people.Scene;
import dev.sluice.simulation.people.Shop;
import dev.sluice.simulation.trace.Trace;
import dev.sluice.simulation.world.Observation;
import dev.sluice.simulation.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run: the three services with everything around them, in one thread, on a clock of their own. The seed decides
 * all of it.
 */
public final class Simulation {
    /** How long everything works before the run ends: longer than any deadline in it. */
    private static final long CALM_MILLIS = 220_000;

    private static final long LAST_WORDS_MILLIS = 5_000;

    private final World world;
    private final List<Invariant> invariants;
    private final Dashboard dashboard = new Dashboard();
    private final Database database = new Database();
    private final List<ApiServer> clusters = new ArrayList<>();
    private final Faults faults;

    /** @param broken what broke first; the seed is not part of it */
    public record Outcome(long seed, Optional<Violation> broken, Trace trace) {}

    private Simulation(long seed, Trace trace, Parts parts, List<Invariant> invariants) {
        this.invariants = invariants;
        this.world = new World(seed, trace, invariants);
        this.faults = new Faults(world, world.chance().between(30_000, 100_000));
        build(parts);
    }

    public static Outcome run(long seed, Trace trace, Parts parts, List<Invariant> invariants) {
        var simulation = new Simulation(seed, trace, parts, invariants);
        Optional<Violation> broken;
        try {
            simulation.run();
            broken = Optional.empty();
        } catch (Violation violation) {
            broken = Optional.of(violation);
        }
        return new Outcome(seed, broken, trace);
    }

    private void run() {
        var endMillis = faults.calmAtMillis() + CALM_MILLIS;
        world.runUntil(endMillis);
        // what was committed in the last moment is still to be sent
        while (!database.outbox().isEmpty() && endMillis < faults.calmAtMillis() + CALM_MILLIS + LAST_WORDS_MILLIS) {
            endMillis += 10;
            world.runUntil(endMillis);
        }
        var ending = ending();
        invariants.forEach(invariant -> invariant.atEnd(ending));
    }

    private void build(Parts parts) {
        var scenes = Scene.draw(world.chance());
        var files = new RolloutFiles();
        var bus = new Bus(world, faults);
        for (var log : bus.logs(Topic.STATUS)) {
            log.onAppend(() -> show(log));
        }
        Scene.CLUSTERS.forEach(name -> clusters.add(cluster(name, scenes)));
        var groups = new ArrayList<Group>();
        var callees = new Callees(world, faults);
        var engines = engines(bus, groups, parts, files, callees);
        callees.know(engines);
        var machines = new ArrayList<Machine>(engines);
        machines.addAll(gates(bus, groups, parts));
        clusters.forEach(cluster -> machines.addAll(appliers(cluster, bus, groups, parts)));
        machines.forEach(Machine::start);
        people(scenes, bus, files);
        var backends = scenes.stream().flatMap(Scene::backends).distinct().toList();
        var disasters = new Disasters(world, faults, machines, groups, clusters, backends);
        disasters.begin();
        disasters.compact(bus);
        disasters.breakTopic(bus);
        disasters.meddleWithWrites();
        disasters.restore(database, engines);
    }

    private ApiServer cluster(String name, List<Scene> scenes) {
        var cluster = new ApiServer(world, name);
        scenes.stream()
                .filter(scene -> scene.targets().contains(name))
                .flatMap(scene -> scene.sites().stream())
                .forEach(cluster::serve);
        return cluster;
    }

    private List<EngineMachine> engines(Bus bus, List<Group> groups, Parts parts, RolloutFiles files, Callees callees) {
        var logs = Stream.of(Topic.COMMANDS, Topic.VERDICTS, Topic.WEIGHT_REPORTS)
                .flatMap(topic -> bus.logs(topic).stream())
                .toList();
        var group = group(groups, logs);
        return numbered("engine")
                .map(name -> new EngineMachine(world, faults, name, database, bus, group, parts, files, callees))
                .toList();
    }

    private List<GateMachine> gates(Bus bus, List<Group> groups, Parts parts) {
        var group = group(groups, bus.logs(Topic.METRICS));
        var bounds = bounds();
        return numbered("gate")
                .map(name -> new GateMachine(world, faults, name, bus, group, parts, bounds))
                .toList();
    }

    /** Now and then a gate has room for less than what is sent. */
    private Bounds bounds() {
        if (!world.chance().percent(10)) {
            return Bounds.DEFAULT;
        }
        world.see("gate", new Observation.RoomIsScarce());
        return new Bounds(
                Bounds.DEFAULT.pane(),
                Bounds.DEFAULT.keep(),
                Bounds.DEFAULT.history(),
                Bounds.DEFAULT.grace(),
                world.chance().between(1, 5),
                world.chance().between(5, 2000),
                Bounds.DEFAULT.idsPerTarget(),
                Bounds.DEFAULT.openRuns());
    }

    private List<ApplierMachine> appliers(ApiServer cluster, Bus bus, List<Group> groups, Parts parts) {
        var group = group(groups, bus.logs(Topic.WEIGHTS));
        return numbered(cluster.name() + "-applier")
                .map(name -> new ApplierMachine(world, faults, name, cluster, bus, group, parts))
                .toList();
    }

    private Group group(List<Group> groups, List<Log> logs) {
        var group = new Group(world, faults, logs);
        groups.add(group);
        return group;
    }

    private static Stream<String> numbered(String name) {
        return Stream.of(name + "-1", name + "-2");
    }

    private void people(List<Scene> scenes, Bus bus, RolloutFiles files) {
        var byName = clusters.stream().collect(Collectors.toMap(ApiServer::name, cluster -> cluster));
        for (var scene : scenes) {
            new Operators(world, faults, bus, dashboard, files, scene).begin();
            new Shop(world, faults, bus, dashboard, scene, byName).begin();
            new OtherTool(world, faults, dashboard, scene, byName).begin();
        }
        new Hands(world, faults, clusters).begin();
        new Freezers(world, faults, bus, scenes, database::freezes).begin();
    }

    private void show(Log log) {
        var last = log.from(log.end() - 1, 1).getFirst();
        dashboard.show(last.key(), (Status) last.message());
    }

    private Ending ending() {
        var objects = new TreeMap<String, Split>();
        clusters.forEach(cluster -> objects.putAll(cluster.objects()));
        return new Ending(
                Map.copyOf(database.states()), database.outbox().size(), Map.copyOf(dashboard.statuses()), objects);
    }
}
