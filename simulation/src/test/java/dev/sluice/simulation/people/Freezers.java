package dev.sluice.simulation.people;

import dev.sluice.engine.core.state.Freeze;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.simulation.bus.Bus;
import dev.sluice.simulation.fault.Faults;
import dev.sluice.simulation.world.Chance;
import dev.sluice.simulation.world.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** People who freeze all rollouts, or those with a label, and look that it ends when it is to. */
public final class Freezers {
    private static final long LOOK_MILLIS = 10_000;

    private final World world;
    private final Faults faults;
    private final Chance chance;
    private final Bus bus;
    private final List<Scene> scenes;
    private final Supplier<List<Freeze>> standing;
    private int commands;

    /** @param standing as the engine tells everybody */
    public Freezers(World world, Faults faults, Bus bus, List<Scene> scenes, Supplier<List<Freeze>> standing) {
        this.world = world;
        this.faults = faults;
        this.chance = world.chance();
        this.bus = bus;
        this.scenes = List.copyOf(scenes);
        this.standing = standing;
    }

    public void begin() {
        if (chance.percent(15)) {
            for (var more = chance.between(1, 2); more > 0; more--) {
                world.in(chance.between(1000, (int) faults.calmAtMillis() - 1), this::freeze);
            }
        }
    }

    private void freeze() {
        var lasts = chance.between(5000, 40_000);
        var labels = chance.percent(50)
                ? Map.<String, String>of()
                : Constraints.labels(chance.oneOf(scenes).application());
        var until = chance.percent(40) ? world.now().plusMillis(lasts) : null;
        var id = send(CommandType.FREEZE, null, labels, until);
        world.in(lasts, () -> lift(id, labels));
    }

    /** Again and again: it may be read before the freeze is. */
    private void lift(String freeze, Map<String, String> labels) {
        world.in(LOOK_MILLIS, () -> lift(freeze, labels));
        if (standing.get().stream().anyMatch(one -> one.id().equals(freeze))) {
            var byLabels = chance.percent(30);
            send(CommandType.UNFREEZE, byLabels ? null : freeze, byLabels ? labels : Map.of(), null);
        }
    }

    private String send(CommandType type, String freeze, Map<String, String> labels, Instant until) {
        var id = "freezers-" + ++commands;
        var command = new Command(
                id,
                type,
                Freeze.APPLICATION,
                null,
                "carol",
                List.of(),
                "the sale",
                null,
                Map.of(),
                List.of(),
                null,
                null,
                labels,
                null,
                false,
                until,
                freeze,
                false,
                false);
        bus.sendFromAnywhere(Topic.COMMANDS, Freeze.APPLICATION, command);
        return id;
    }
}
