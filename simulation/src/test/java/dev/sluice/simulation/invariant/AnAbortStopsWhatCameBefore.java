package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.Event;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.simulation.world.Observation;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A start that was appended before an abort that has been read starts nothing, on whichever partitions the two stand (B37).
 * A database that comes back older may have forgotten the abort.
 */
public final class AnAbortStopsWhatCameBefore implements Invariant {
    private final Map<String, Instant> appended = new HashMap<>();
    private final Map<String, Instant> newestAborts = new HashMap<>();

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.Appended record
            when record.topic() == Topic.COMMANDS ->
                appended.put(Topic.COMMANDS.word() + "/" + record.partition() + "/" + record.offset(), record.at());
            case Observation.Restored restored -> newestAborts.clear();
            case Observation.Committed committed
            when committed.event() instanceof Event.CommandReceived received -> {
                var at = appended.get(committed.source());
                check(committed, received.command(), at);
                if (!received.repeated() && isOfEverything(received.command())) {
                    newestAborts.merge(committed.application(), at, (a, b) -> a.isAfter(b) ? a : b);
                }
            }
            default -> {}
        }
    }

    private static boolean isOfEverything(Command command) {
        return command.type() == CommandType.ABORT && command.target() == null && command.expect() == null;
    }

    private void check(Observation.Committed committed, Command command, Instant at) {
        var abort = newestAborts.get(committed.application());
        if (abort != null
                && !at.isAfter(abort)
                && committed.decisions().stream()
                        .anyMatch(decision -> decision instanceof Decision.Started started
                                && started.rollout().id().equals(command.id()))) {
            throw new Violation(
                    this, committed.source() + " of " + at + " started although an abort of " + abort + " was read");
        }
    }
}
