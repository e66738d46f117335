package dev.sluice.simulation.machine;

import dev.sluice.gate.core.GateEvent;
import dev.sluice.schemas.Topic;
import dev.sluice.simulation.bus.Log;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes sure that nothing is missing before anything passes: the group has gone through all partitions as they were
 * after the run's end, and the owner then through its own.
 */
final class Completeness {
    private static final long LOOK_AGAIN_MILLIS = 100;
    private static final long DEADLINE_MILLIS = 20_000;

    private final GateMachine machine;
    private final MetricReading reading;
    private final Instant upTo;
    private final long deadlineMillis;
    private final Map<Log, Long> ends = new HashMap<>();
    private long directEnd = -1;
    private long placedEnd = -1;

    Completeness(GateMachine machine, MetricReading reading, Instant upTo) {
        this.machine = machine;
        this.reading = reading;
        this.upTo = upTo;
        this.deadlineMillis = machine.world().nowMillis() + DEADLINE_MILLIS;
        machine.bus().logs(Topic.METRICS).forEach(log -> ends.put(log, log.end()));
    }

    void await() {
        machine.later(1, this::look);
    }

    private void look() {
        if (reading.isClosed()) {
            return;
        }
        if (directEnd < 0
                && ends.keySet().stream().allMatch(log -> machine.group().committed(log) >= ends.get(log))) {
            directEnd = reading.direct().log().end();
            placedEnd = reading.placed().log().end();
        }
        if (directEnd >= 0
                && reading.direct().position() >= directEnd
                && reading.placed().position() >= placedEnd) {
            machine.tell(new GateEvent.Complete(reading.number(), upTo));
        } else if (machine.world().nowMillis() >= deadlineMillis) {
            machine.tell(new GateEvent.Incomplete(reading.number(), upTo, "a partition lags"));
        } else {
            machine.later(LOOK_AGAIN_MILLIS, this::look);
        }
    }
}
