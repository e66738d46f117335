package dev.sluice.simulation.bus;

import dev.sluice.simulation.fault.Faults;
import dev.sluice.simulation.machine.Machine;
import dev.sluice.simulation.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A consumer group. Members learn of a rebalance at different times, so for a while two may believe that they own a
 * partition, and nobody may.
 */
public final class Group {
    /** A machine that reads the partitions it is given. */
    public interface Member {
        Machine machine();

        /** From now on these, and no others. */
        void assigned(List<Log> partitions);
    }

    private final World world;
    private final Faults faults;
    private final List<Log> partitions;
    private final List<Member> members = new ArrayList<>();
    private final Map<Log, Member> owners = new HashMap<>();
    private final Map<Log, Long> committed = new HashMap<>();
    private final Map<Member, Integer> heardOf = new HashMap<>();
    private int generation;

    public Group(World world, Faults faults, List<Log> partitions) {
        this.world = world;
        this.faults = faults;
        this.partitions = List.copyOf(partitions);
    }

    public void join(Member member) {
        members.add(member);
    }

    /** A member came, went, or was believed to. */
    public void rebalanceSoon() {
        world.in(world.chance().between(100, 2000), this::rebalance);
    }

    public void rebalance() {
        var present = members.stream().filter(member -> member.machine().isUp()).toList();
        if (present.isEmpty()) {
            return;
        }
        var news = ++generation;
        var shares = new HashMap<Member, List<Log>>();
        for (var partition : partitions) {
            var owner = world.chance().oneOf(present);
            owners.put(partition, owner);
            shares.computeIfAbsent(owner, o -> new ArrayList<>()).add(partition);
        }
        for (var member : present) {
            var share = shares.getOrDefault(member, List.of());
            member.machine().later(faults.rebalanceMillis(), () -> learn(member, news, share));
        }
    }

    /** A member of another topic came or went: each is told what it has. */
    public void rebalanceToNothingNew() {
        var present = members.stream().filter(member -> member.machine().isUp()).toList();
        var news = ++generation;
        for (var member : present) {
            var share = partitions.stream()
                    .filter(partition -> member.equals(owners.get(partition)))
                    .toList();
            member.machine().later(faults.rebalanceMillis(), () -> learn(member, news, share));
        }
    }

    /** Old news is no news. */
    private void learn(Member member, int news, List<Log> share) {
        if (heardOf.getOrDefault(member, 0) < news) {
            heardOf.put(member, news);
            member.assigned(share);
        }
    }

    /** The coordinator takes commits of owners only. */
    public void commit(Member member, Log partition, long offset) {
        if (member.equals(owners.get(partition))) {
            committed.merge(partition, offset, Math::max);
        }
    }

    public long committed(Log partition) {
        return committed.getOrDefault(partition, 0L);
    }
}
