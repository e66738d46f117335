package dev.sluice.simulation.machine;

import dev.sluice.gate.core.Arrival;
import dev.sluice.gate.core.GateEvent;
import dev.sluice.gate.core.Origin;
import dev.sluice.gate.core.TargetKey;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.simulation.bus.Follower;
import dev.sluice.simulation.bus.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One owned partition of the metrics, with the events that were sent on to it. */
final class MetricReading {
    /** What the gate appends so that broker time goes on where nobody sends anything. */
    private record Tick() {}

    /** A misplaced event on the way to where it belongs. */
    record Placed(MetricEvent event, Instant appended, Origin origin) {}

    private final GateMachine machine;
    private final Log metrics;
    private final Follower direct;
    private final Follower placed;
    private final long directEnd;
    private final long placedEnd;
    private boolean isCaughtUp;
    private Instant tickAt = Instant.MAX;

    MetricReading(GateMachine machine, Log metrics, Instant since) {
        this.machine = machine;
        this.metrics = metrics;
        var sentOn = machine.bus().log(Topic.METRICS_PLACED, metrics.number());
        // what nobody has sent on yet is read as well, however old it is
        var from = Math.min(metrics.offsetAt(since), machine.group().committed(metrics));
        this.direct = new Follower(machine, metrics, from, this::takeDirect);
        this.placed = new Follower(machine, sentOn, sentOn.offsetAt(since), this::takePlaced);
        this.directEnd = metrics.end();
        this.placedEnd = sentOn.end();
    }

    int number() {
        return metrics.number();
    }

    Log metrics() {
        return metrics;
    }

    Follower direct() {
        return direct;
    }

    Follower placed() {
        return placed;
    }

    void begin() {
        direct.wake();
        placed.wake();
        catchUp(direct.position(), placed.position());
    }

    void close() {
        direct.close();
        placed.close();
    }

    boolean isClosed() {
        return direct.isClosed();
    }

    private long takeDirect(List<Log.Entry> batch) {
        var arrivals = new ArrayList<Arrival>();
        for (var entry : batch) {
            if (entry.message() instanceof MetricEvent event) {
                take(entry, event, arrivals);
            }
        }
        if (!machine.survives()) {
            return batch.getFirst().offset();
        }
        arrived(arrivals, batch);
        if (!machine.survives()) {
            return batch.getFirst().offset();
        }
        var next = batch.getLast().offset() + 1;
        // the sends above are acknowledged by now: a send here is an append
        machine.group().commit(machine, metrics, next);
        catchUp(next, placed.position());
        return next;
    }

    private void take(Log.Entry entry, MetricEvent event, List<Arrival> arrivals) {
        var origin = new Origin(metrics.toString(), entry.offset(), 0);
        var home = GateMachine.partitionOf(new TargetKey(event.application(), event.target()));
        if (home == metrics.number()) {
            arrivals.add(new Arrival(event, entry.appended(), origin));
        } else if (entry.offset() >= machine.group().committed(metrics)) {
            machine.bus()
                    .log(Topic.METRICS_PLACED, home)
                    .append(entry.key(), new Placed(event, entry.appended(), origin));
        }
    }

    private long takePlaced(List<Log.Entry> batch) {
        var arrivals = new ArrayList<Arrival>();
        for (var entry : batch) {
            if (entry.message() instanceof Placed sent) {
                arrivals.add(new Arrival(sent.event(), sent.appended(), sent.origin()));
            }
        }
        arrived(arrivals, batch);
        var next = batch.getLast().offset() + 1;
        catchUp(direct.position(), next);
        return next;
    }

    private void arrived(List<Arrival> arrivals, List<Log.Entry> batch) {
        machine.tell(
                new GateEvent.MetricsArrived(number(), arrivals, batch.getLast().appended()));
    }

    private void catchUp(long directPosition, long placedPosition) {
        if (!isCaughtUp && !isClosed() && directPosition >= directEnd && placedPosition >= placedEnd) {
            isCaughtUp = true;
            machine.tell(new GateEvent.CaughtUp(number()));
        }
    }

    /** When a run is over by the clock and nothing is sent that would say so. */
    void tickWhenDue() {
        machine.gate().nextDue(number()).filter(due -> due.isBefore(tickAt)).ifPresent(due -> {
            tickAt = due;
            var wait = Duration.between(machine.world().now(), due).toMillis();
            machine.later(Math.max(wait, 50), this::tick);
        });
    }

    private void tick() {
        tickAt = Instant.MAX;
        if (!isClosed()) {
            metrics.append("tick", new Tick());
        }
    }
}
