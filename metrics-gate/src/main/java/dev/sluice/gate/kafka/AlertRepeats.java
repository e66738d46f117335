package dev.sluice.gate.kafka;

import dev.sluice.gate.core.FiringAlert;
import dev.sluice.gate.core.Gate;
import dev.sluice.gate.core.Origin;
import dev.sluice.gate.format.Placement;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.MetricEvent.AlertState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Future;

/**
 * Says again that an alert fires, on the placed topic and as of when its monitor said it last: whoever owns the partition next reads
 * only the log's end, and a monitor repeats itself after hours.
 */
final class AlertRepeats {
    /** Twice and more within what is read back at least. */
    private static final Duration EVERY = Duration.ofSeconds(20);
    /** Nobody compares it with another: alerts go by the time that they name. */
    static final Origin ORIGIN = new Origin("alerts/0", 0, 0);

    private final Gate gate;
    private final MetricTopics topics;
    private final Outbound outbound;
    private final Clock clock;
    private Instant next = Instant.MIN;

    AlertRepeats(Gate gate, MetricTopics topics, Outbound outbound, Clock clock) {
        this.gate = gate;
        this.topics = topics;
        this.outbound = outbound;
        this.clock = clock;
    }

    /** @param sends gets what was sent */
    void sendDue(Collection<Integer> partitions, List<Future<?>> sends) {
        var now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(EVERY);
        for (var partition : partitions) {
            for (var firing : gate.firing(partition)) {
                sends.add(repeat(firing, partition));
            }
        }
    }

    private Future<?> repeat(FiringAlert firing, int partition) {
        var key = firing.key();
        var event = MetricEvent.ofAlert(
                key.application(),
                key.target(),
                firing.alert().name(),
                AlertState.FIRING,
                Instant.ofEpochMilli(firing.alert().sinceMillis()),
                firing.alert().labels());
        return outbound.alert(event, new Placement(ORIGIN, firing.saidMillis()), topics.placed(partition));
    }
}
