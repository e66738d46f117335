package dev.sluice.simulation.bus;

import dev.sluice.schemas.Topic;
import dev.sluice.simulation.fault.Faults;
import dev.sluice.simulation.world.World;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The topics. What is sent may take its time, come twice, and stand on a partition that another client chose. */
public final class Bus {
    public static final int PARTITIONS = 2;

    private final World world;
    private final Faults faults;
    private final Map<Topic, List<Log>> logs = new EnumMap<>(Topic.class);
    private final Map<String, Long> relayEpochs = new HashMap<>();
    private Topic broken;

    public Bus(World world, Faults faults) {
        this.world = world;
        this.faults = faults;
        for (var topic : Topic.values()) {
            var partitions = new ArrayList<Log>();
            for (var number = 0; number < PARTITIONS; number++) {
                partitions.add(new Log(world, topic, number));
            }
            logs.put(topic, List.copyOf(partitions));
        }
    }

    public List<Log> logs(Topic topic) {
        return logs.get(topic);
    }

    public Log log(Topic topic, int partition) {
        return logs.get(topic).get(partition);
    }

    /** Where the services' own clients put a key. */
    public static int partition(String key) {
        return Math.floorMod(key.hashCode(), PARTITIONS);
    }

    /** From any client: on any partition, late, sometimes twice. */
    public void sendFromAnywhere(Topic topic, String key, Object message) {
        send(log(topic, faults.partition(key)), key, message);
    }

    /** From a service, which puts a key where it belongs. */
    public void send(Topic topic, String key, Object message) {
        send(log(topic, partition(key)), key, message);
    }

    private void send(Log log, String key, Object message) {
        world.in(faults.latencyMillis(), () -> log.append(key, message));
        if (faults.isSentTwice()) {
            world.in(faults.latencyMillis() + world.chance().between(0, 5000), () -> log.append(key, message));
        }
    }

    /** A relay that takes over a lane fences those before it: theirs is the past. */
    public long initTransactions(String lane) {
        return relayEpochs.merge(lane, 1L, Long::sum);
    }

    public boolean isFenced(String lane, long epoch) {
        return epoch < relayEpochs.get(lane);
    }

    /** From now on nobody can write to this topic; null: all are well. */
    public void setBroken(Topic topic) {
        world.note("bus", "cannot be written", topic);
        broken = topic;
    }

    public boolean isBroken(Topic topic) {
        return topic == broken;
    }
}
