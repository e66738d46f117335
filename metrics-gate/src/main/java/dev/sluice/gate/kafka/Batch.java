package dev.sluice.gate.kafka;

import dev.sluice.gate.core.Arrival;
import dev.sluice.gate.core.GateEvent.EventsRefused;
import dev.sluice.gate.core.GateEvent.MetricsArrived;
import dev.sluice.gate.core.TargetKey;
import dev.sluice.gate.format.MetricEvents;
import dev.sluice.gate.format.NamedTarget;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.wire.Reading;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Sorts the records of one partition: events of its own series arrive, those of other partitions are sent on, and what
 * is no event goes to the dead letters. The latter two only where that has not been done before.
 */
final class Batch {
    /** A record that a later version of Sluice wrote: it and all behind it wait for that version (B42). */
    record TooNew(long offset, String reason) {}

    /**
     * @param arrived what there was before the first record that is too new
     * @param refused what nobody could read and yet names its target
     * @param tooNew null where none is
     */
    record Sorted(MetricsArrived arrived, List<EventsRefused> refused, TooNew tooNew) {}

    private record Handling(Owned owned, List<Future<?>> sends, Map<TargetKey, EventsRefused> refused) {}

    private final MetricEvents events;
    private final MetricTopics topics;
    private final Outbound outbound;
    private final Meters meters;
    private final Clock clock;

    Batch(MetricEvents events, MetricTopics topics, Outbound outbound, Meters meters, Clock clock) {
        this.events = events;
        this.topics = topics;
        this.outbound = outbound;
        this.meters = meters;
        this.clock = clock;
    }

    /** @param sends gets what was sent, to be acknowledged before the batch is committed */
    Sorted sort(
            TopicPartition partition,
            List<ConsumerRecord<byte[], byte[]>> records,
            Owned owned,
            List<Future<?>> sends) {
        var arrivals = new ArrayList<Arrival>(records.size());
        var newest = 0L;
        TooNew tooNew = null;
        var handling = new Handling(owned, sends, new HashMap<>());
        for (var record : records) {
            var reading = isTick(record) ? null : events.read(record.value(), record.headers());
            if (reading instanceof Reading.Newer<MetricEvent>(var reason)) {
                tooNew = new TooNew(record.offset(), reason);
                break;
            }
            newest = Math.max(newest, record.timestamp());
            var arrival = reading == null ? null : arrival(partition, record, reading, handling);
            if (arrival != null) {
                arrivals.add(arrival);
            }
        }
        return new Sorted(
                new MetricsArrived(partition.partition(), arrivals, Instant.ofEpochMilli(newest)),
                List.copyOf(handling.refused().values()),
                tooNew);
    }

    private boolean isTick(ConsumerRecord<byte[], byte[]> record) {
        return record.value() == null && topics.isPlaced(record.topic());
    }

    private Arrival arrival(
            TopicPartition partition,
            ConsumerRecord<byte[], byte[]> record,
            Reading<MetricEvent> reading,
            Handling handling) {
        var isUnhandled = handling.owned().isUnhandled(partition, record.offset());
        var placement = topics.isPlaced(record.topic()) ? Placement.carried(record) : Placement.first(record);
        if (placement == null || !(reading instanceof Reading.Message(MetricEvent event, var attributes))) {
            var reason = placement == null ? "not written by the gate" : reason(reading);
            if (isUnhandled) {
                handling.sends().add(deadLetter(record, reason));
            }
            NamedTarget.in(record.value()).ifPresent(key -> refused(key, partition, record, reason, handling));
            return null;
        }
        var home = topics.partitionOf(new TargetKey(event.application(), event.target()));
        if (home == partition.partition()) {
            return new Arrival(event, placement.appended(), placement.origin());
        }
        if (isUnhandled) {
            meters.misplaced();
            handling.sends().add(outbound.sendOn(placement.sendOn(record, topics.placed(home))));
        }
        return null;
    }

    private static void refused(
            TargetKey key,
            TopicPartition partition,
            ConsumerRecord<byte[], byte[]> record,
            String reason,
            Handling handling) {
        var before = handling.refused().get(key);
        var count = before == null ? 1 : before.count() + 1;
        var at = Instant.ofEpochMilli(record.timestamp());
        handling.refused().put(key, new EventsRefused(partition.partition(), key, count, reason, at));
    }

    private Future<?> deadLetter(ConsumerRecord<byte[], byte[]> record, String reason) {
        var topic = topics.isPlaced(record.topic()) ? Topic.METRICS_PLACED : Topic.METRICS;
        return outbound.deadLetter(topic, record, reason, clock.instant());
    }

    private static String reason(Reading<MetricEvent> reading) {
        return reading instanceof Reading.Unreadable<MetricEvent>(var why) ? why : "no value";
    }
}
