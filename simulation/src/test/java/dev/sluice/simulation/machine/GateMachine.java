package dev.sluice.simulation.machine;

import dev.sluice.gate.core.Bounds;
import dev.sluice.gate.core.Decision;
import dev.sluice.gate.core.Gate;
import dev.sluice.gate.core.GateEvent;
import dev.sluice.gate.core.TargetKey;
import dev.sluice.gate.judge.StandardJudging;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.wire.Keys;
import dev.sluice.simulation.bus.Bus;
import dev.sluice.simulation.bus.Follower;
import dev.sluice.simulation.bus.Group;
import dev.sluice.simulation.bus.Log;
import dev.sluice.simulation.fault.Faults;
import dev.sluice.simulation.machine.Parts.Omission;
import dev.sluice.simulation.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** An instance of the gate: reads all analyses and verdicts, and the metrics of the partitions that it owns. */
public final class GateMachine extends Machine implements Group.Member {
    /** An event's own time may be that much ahead of when it was appended. */
    private static final Duration AHEAD = Duration.ofSeconds(5);

    private final Bus bus;
    private final Group group;
    private final Parts parts;
    private final TreeMap<Integer, MetricReading> owned = new TreeMap<>();
    private final List<Follower> announcements = new ArrayList<>();
    private final Bounds bounds;
    private Gate gate;
    private int assignments;

    public GateMachine(World world, Faults faults, String name, Bus bus, Group group, Parts parts, Bounds bounds) {
        super(world, faults, name);
        this.bus = bus;
        this.group = group;
        this.parts = parts;
        this.bounds = bounds;
        this.gate = newGate();
        group.join(this);
    }

    private Gate newGate() {
        return new Gate(bounds, StandardJudging.create(), GateMachine::partitionOf);
    }

    /** The partition of the metrics topic where a target's series belong. */
    static int partitionOf(TargetKey key) {
        return Bus.partition(Keys.applicationTarget(key.application(), key.target()));
    }

    @Override
    public Machine machine() {
        return this;
    }

    Bus bus() {
        return bus;
    }

    Group group() {
        return group;
    }

    @Override
    protected void started() {
        gate = newGate();
        for (var topic : List.of(Topic.ANALYSES, Topic.VERDICTS)) {
            bus.logs(topic).forEach(this::follow);
        }
        group.rebalanceSoon();
    }

    @Override
    protected void died() {
        announcements.forEach(Follower::close);
        announcements.clear();
        assigned(List.of());
        group.rebalanceSoon();
    }

    private void follow(Log log) {
        var follower = new Follower(this, log, 0, batch -> {
            batch.forEach(this::announced);
            return batch.getLast().offset() + 1;
        });
        announcements.add(follower);
        follower.wake();
    }

    private void announced(Log.Entry entry) {
        switch (entry.message()) {
            case AnalysisSet set -> tell(new GateEvent.AnalysesChanged(set));
            case Verdict verdict ->
                tell(new GateEvent.VerdictKnown(
                        new TargetKey(verdict.application(), verdict.target()), verdict.analysis(), verdict.run()));
            case null -> {
                var slash = entry.key().lastIndexOf('/');
                tell(new GateEvent.AnalysesForgotten(new TargetKey(
                        entry.key().substring(0, slash), entry.key().substring(slash + 1))));
            }
            default -> throw new IllegalArgumentException("the gate does not read " + entry.message());
        }
    }

    /** Metrics are judged only by analyses, so those known so far are read first. */
    @Override
    public void assigned(List<Log> partitions) {
        var mine = ++assignments;
        owned.values().removeIf(reading -> {
            var isLost = !partitions.contains(reading.metrics());
            if (isLost) {
                reading.close();
                tell(new GateEvent.PartitionLost(reading.number()));
            }
            return isLost;
        });
        if (partitions.isEmpty()) {
            return;
        }
        if (announcements.stream()
                .anyMatch(follower -> follower.position() < follower.log().end())) {
            later(200, () -> {
                // what it was given since then counts, and not what it was given before
                if (assignments == mine) {
                    assigned(partitions);
                }
            });
        } else {
            partitions.stream()
                    .filter(log -> !owned.containsKey(log.number()))
                    .forEach(log -> readFrom(log, world().now()));
        }
    }

    /** As far back as panes are kept, and further where an open analysis judges what was before. */
    private void readFrom(Log metrics, Instant since) {
        var judged = gate.earliestJudged().filter(since::isAfter).orElse(since);
        var kept = world().now().minus(bounds.keep());
        var readSince = judged.isBefore(kept) ? judged : kept;
        var known = owned.get(metrics.number());
        if (known != null) {
            known.close();
        }
        // nothing is ever deleted from these logs
        tell(new GateEvent.PartitionAssigned(metrics.number(), Instant.EPOCH, readSince));
        owned.put(metrics.number(), new MetricReading(this, metrics, readSince.minus(AHEAD)));
        owned.get(metrics.number()).begin();
    }

    /** To the rules, and what they decide to where it belongs. */
    void tell(GateEvent event) {
        for (var decision : gate.on(parts.told().apply(event))) {
            carryOut(decision);
        }
        owned.values().forEach(MetricReading::tickWhenDue);
    }

    Gate gate() {
        return gate;
    }

    private void carryOut(Decision decision) {
        switch (decision) {
            case Decision.VerdictReached(Verdict verdict) -> {
                if (survives()) {
                    bus.send(Topic.VERDICTS, verdict.application(), verdict);
                }
            }
            case Decision.CompletenessNeeded(int partition, Instant upTo) -> {
                if (parts.omit(Omission.COMPLETENESS)) {
                    later(1, () -> tell(new GateEvent.Complete(partition, upTo)));
                } else if (owned.containsKey(partition)) {
                    new Completeness(this, owned.get(partition), upTo).await();
                }
            }
            case Decision.RebuildNeeded(int partition, Instant since) ->
                later(1, () -> {
                    if (owned.containsKey(partition)) {
                        readFrom(bus.log(Topic.METRICS, partition), since);
                    }
                });
            case Decision.AnswerNeeded asked ->
                throw new IllegalStateException("no rollout of the simulation asks a provider");
            case Decision.Counted counted -> {}
            case Decision.Ignored ignored -> {}
        }
    }
}
