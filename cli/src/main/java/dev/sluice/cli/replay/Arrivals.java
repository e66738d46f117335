package dev.sluice.cli.replay;

import dev.sluice.cli.Stop;
import dev.sluice.gate.core.Alert;
import dev.sluice.gate.core.Arrival;
import dev.sluice.gate.core.Origin;
import dev.sluice.gate.core.Sample;
import dev.sluice.gate.core.TargetKey;
import dev.sluice.gate.format.MetricEvents;
import dev.sluice.gate.format.Placement;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.wire.Reading;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One target's metric events in the order in which brokers first got them, wherever they were sent on to. */
final class Arrivals {
    /** How long an event may take to be sent on to where it belongs, and still take its place among the others. */
    private static final long SENT_ON_WITHIN_MILLIS = 2_000;

    private static final Comparator<Arrived> ORDER = Comparator.comparingLong(Arrived::appendedMillis)
            .thenComparing(arrived -> arrived.origin().source())
            .thenComparingLong(arrived -> arrived.origin().offset())
            .thenComparingInt(arrived -> arrived.origin().index());

    /** @param alert null of a measurement, whose sample is null of an alert */
    record Arrived(long appendedMillis, Origin origin, Sample sample, Alert alert) {}

    // windows leave notes in the names of the series that it has read: one for each gate
    private final MetricEvents events = new MetricEvents();
    private final PriorityQueue<Arrived> waiting = new PriorityQueue<>(ORDER);
    private final TargetKey target;
    private final MetricLog.Part log;

    Arrivals(TargetKey target, MetricLog.Part log) {
        this.target = target;
        this.log = log;
    }

    /** When the next one came in; {@link Long#MAX_VALUE} where there is none. */
    long nextMillis() throws Stop {
        while (!log.isDone() && (waiting.isEmpty() || !isInPlace(waiting.peek()))) {
            for (var record : log.next()) {
                read(record);
            }
        }
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.peek().appendedMillis();
    }

    private boolean isInPlace(Arrived first) {
        return first.appendedMillis() < log.readToMillis() - SENT_ON_WITHIN_MILLIS;
    }

    /** The one of which {@link #nextMillis} told. */
    Arrived next() {
        return waiting.remove();
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return; // a tick
        }
        var placement = record.topic().endsWith(Topic.METRICS_PLACED.word())
                ? Placement.carried(record)
                : Placement.first(record, record.topic() + "/" + record.partition());
        if (placement == null) {
            return;
        }
        var plain = events.plain(record.value(), record.headers());
        if (plain != null) {
            if (plain.series().target().equals(target)) {
                var counter = plain.isTotal() ? Placement.counter(record) : null;
                wait(placement, plain.sample(placement.appendedMillis(), placement.origin(), counter), null);
            }
        } else if (events.read(record.value(), record.headers())
                        instanceof Reading.Message<MetricEvent>(var event, var attributes)
                && target.equals(new TargetKey(event.application(), event.target()))) {
            var alert = new Arrival(event, placement.appended(), placement.origin()).alert();
            var sample = alert == null
                    ? Sample.of(event, placement.appended(), placement.origin(), Placement.counter(record))
                    : null;
            wait(placement, sample, alert);
        }
    }

    private void wait(Placement placement, Sample sample, Alert alert) {
        waiting.add(new Arrived(placement.appendedMillis(), placement.origin(), sample, alert));
    }
}
