package dev.sluice.gate.kafka;

import dev.sluice.gate.alert.FreezeRules;
import dev.sluice.gate.core.Arrival;
import dev.sluice.gate.core.GateEvent.AlertHeard;
import dev.sluice.gate.core.GateEvent.EventsRefused;
import dev.sluice.gate.core.GateEvent.SamplesArrived;
import dev.sluice.gate.core.Sample;
import dev.sluice.gate.core.TargetKey;
import dev.sluice.gate.format.MetricEvents;
import dev.sluice.gate.format.NamedTarget;
import dev.sluice.gate.format.Placement;
import dev.sluice.gate.format.PlainEvent;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.wire.Reading;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;
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
     * What a monitor said of a target of this partition.
     *
     * @param command what its rule makes of it, if nothing later is known of the alert; null where it was told to none
     * @param isNews whether it is said for the first time: neither read back, nor said again by the gate itself
     * @param at when it was appended
     */
    record Said(AlertHeard heard, Command command, boolean isNews, Instant at) {}

    /**
     * @param arrived what there was before the first record that is too new
     * @param alerts in the order in which they were said
     * @param refused what nobody could read and yet names its target
     * @param tooNew null where none is
     */
    record Sorted(SamplesArrived arrived, List<Said> alerts, List<EventsRefused> refused, TooNew tooNew) {}

    /** @param source of the events that are nowhere else: how their origin calls the partition */
    private record Handling(
            TopicPartition partition,
            String source,
            Owned owned,
            List<Future<?>> sends,
            List<Said> alerts,
            Map<TargetKey, EventsRefused> refused) {}

    private static final String NOT_OURS = "not written by the gate";
    static final String TOLD_BY_OTHERS =
            "the gate alone tells its rules of alerts: send the alert as one of the application that it is about";

    private final MetricEvents events;
    private final MetricTopics topics;
    private final Outbound outbound;
    private final FreezeRules freezes;
    private final Meters meters;
    private final Clock clock;
    private final ToIntFunction<TargetKey> partitionOf;

    Batch(
            MetricEvents events,
            MetricTopics topics,
            Outbound outbound,
            FreezeRules freezes,
            Meters meters,
            Clock clock) {
        this.events = events;
        this.topics = topics;
        this.outbound = outbound;
        this.freezes = freezes;
        this.meters = meters;
        this.clock = clock;
        this.partitionOf = topics::partitionOf;
    }

    /** @param sends gets what was sent, to be acknowledged before the batch is committed */
    Sorted sort(
            TopicPartition partition,
            List<ConsumerRecord<byte[], byte[]>> records,
            Owned owned,
            List<Future<?>> sends) {
        var samples = new ArrayList<Sample>(records.size());
        var newest = 0L;
        TooNew tooNew = null;
        var source = partition.topic() + "/" + partition.partition();
        var handling = new Handling(partition, source, owned, sends, new ArrayList<>(), new HashMap<>());
        for (var record : records) {
            var plain = events.plain(record.value(), record.headers());
            var reading = plain != null || isTick(record) ? null : events.read(record.value(), record.headers());
            if (reading instanceof Reading.Newer<MetricEvent>(var reason)) {
                tooNew = new TooNew(record.offset(), reason);
                break;
            }
            newest = Math.max(newest, record.timestamp());
            var sample = plain != null
                    ? sample(record, plain, handling)
                    : reading == null ? null : sample(record, reading, handling);
            if (sample != null) {
                samples.add(sample);
            }
        }
        return new Sorted(
                new SamplesArrived(partition.partition(), samples, Instant.ofEpochMilli(newest)),
                List.copyOf(handling.alerts()),
                List.copyOf(handling.refused().values()),
                tooNew);
    }

    private boolean isTick(ConsumerRecord<byte[], byte[]> record) {
        return record.value() == null && topics.isPlaced(record.topic());
    }

    private Sample sample(ConsumerRecord<byte[], byte[]> record, PlainEvent event, Handling handling) {
        var placement = placement(record, handling);
        return isHere(record, placement, event.series().partition(partitionOf), handling)
                ? event.sample(
                        placement.appendedMillis(),
                        placement.origin(),
                        event.isTotal() ? Placement.counter(record) : null)
                : null;
    }

    private Sample sample(ConsumerRecord<byte[], byte[]> record, Reading<MetricEvent> reading, Handling handling) {
        var placement = placement(record, handling);
        if (!(reading instanceof Reading.Message(MetricEvent event, var attributes))) {
            refuse(record, placement == null ? NOT_OURS : reason(reading), handling);
            return null;
        }
        if (FreezeRules.isTold(event) && !topics.isPlaced(record.topic())) {
            refuse(record, TOLD_BY_OTHERS, handling);
            return null;
        }
        var key = new TargetKey(event.application(), event.target());
        if (!isHere(record, placement, topics.partitionOf(key), handling)) {
            return null;
        }
        if (event.alert() != null) {
            handling.alerts().add(said(record, event, placement, handling));
            return null;
        }
        return Sample.of(event, placement.appended(), placement.origin(), Placement.counter(record));
    }

    private Said said(
            ConsumerRecord<byte[], byte[]> record, MetricEvent event, Placement placement, Handling handling) {
        var key = new TargetKey(event.application(), event.target());
        var alert = new Arrival(event, placement.appended(), placement.origin()).alert();
        var heard = new AlertHeard(handling.partition().partition(), key, alert);
        var isNews = !placement.origin().equals(AlertRepeats.ORIGIN)
                && handling.owned().isUnhandled(handling.partition(), record.offset());
        if (FreezeRules.isTold(event)) {
            var command = freezes.command(event, placement.origin()).orElse(null);
            return new Said(heard, command, isNews, placement.appended());
        }
        if (isNews) {
            tellRules(event, placement, handling);
        }
        return new Said(heard, null, isNews, placement.appended());
    }

    /** By the placed topic always: what they are told is commanded by those who read that, in its order. */
    private void tellRules(MetricEvent event, Placement placement, Handling handling) {
        for (var told : freezes.told(event)) {
            var home = topics.partitionOf(new TargetKey(told.application(), told.target()));
            handling.sends().add(outbound.alert(told, placement, topics.placed(home)));
        }
    }

    /** Null where it was sent on, and not by the gate. */
    private Placement placement(ConsumerRecord<byte[], byte[]> record, Handling handling) {
        return topics.isPlaced(record.topic()) ? Placement.carried(record) : Placement.first(record, handling.source());
    }

    /** Sends it on where it belongs elsewhere. */
    private boolean isHere(ConsumerRecord<byte[], byte[]> record, Placement placement, int home, Handling handling) {
        if (placement == null) {
            refuse(record, NOT_OURS, handling);
            return false;
        }
        if (home == handling.partition().partition()) {
            return true;
        }
        if (handling.owned().isUnhandled(handling.partition(), record.offset())) {
            meters.misplaced();
            handling.sends().add(outbound.sendOn(placement.sendOn(record, topics.placed(home))));
        }
        return false;
    }

    private void refuse(ConsumerRecord<byte[], byte[]> record, String reason, Handling handling) {
        if (handling.owned().isUnhandled(handling.partition(), record.offset())) {
            handling.sends().add(deadLetter(record, reason));
        }
        NamedTarget.in(record.value()).ifPresent(key -> refused(key, record, reason, handling));
    }

    private static void refused(
            TargetKey key, ConsumerRecord<byte[], byte[]> record, String reason, Handling handling) {
        var before = handling.refused().get(key);
        var count = before == null ? 1 : before.count() + 1;
        var at = Instant.ofEpochMilli(record.timestamp());
        handling.refused().put(key, new EventsRefused(handling.partition().partition(), key, count, reason, at));
    }

    private Future<?> deadLetter(ConsumerRecord<byte[], byte[]> record, String reason) {
        var topic = topics.isPlaced(record.topic()) ? Topic.METRICS_PLACED : Topic.METRICS;
        return outbound.deadLetter(topic, record, reason, clock.instant());
    }

    private static String reason(Reading<MetricEvent> reading) {
        return reading instanceof Reading.Unreadable<MetricEvent>(var why) ? why : "no value";
    }
}
