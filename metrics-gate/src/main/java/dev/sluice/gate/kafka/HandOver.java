package dev.sluice.gate.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.gate.alert.FreezeRules;
import dev.sluice.gate.core.TargetKey;
import dev.sluice.gate.format.Placement;
import dev.sluice.gate.format.foreign.Drop;
import dev.sluice.gate.format.foreign.ForeignReading;
import dev.sluice.gate.format.foreign.ForeignSample;
import dev.sluice.gate.format.foreign.ForeignTopic;
import dev.sluice.gate.format.foreign.ForeignTopics;
import dev.sluice.gate.format.foreign.Mapped;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.Keys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.jboss.logging.Logger;

/**
 * Hands over what others write: each record is split into metric events, and each of these goes straight to the partition of its
 * series, with the place that it comes from. What is handed over again after a crash the owner knows by that. One thread.
 */
final class HandOver implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(HandOver.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
    /** A record may become thousands of events. */
    private static final int SENDS_AT_ONCE = 10_000;

    private final ForeignTopics topics;
    private final String prefix;
    private final Producer<byte[], byte[]> producer;
    private final DeadLetterLane deadLetters;
    private final Meters meters;
    private final Clock clock;
    private final List<Future<?>> sends = new ArrayList<>();
    private MetricTopics metricTopics;

    HandOver(
            ForeignTopics topics,
            String prefix,
            Producer<byte[], byte[]> producer,
            DeadLetterLane deadLetters,
            Meters meters,
            Clock clock) {
        this.topics = topics;
        this.prefix = prefix;
        this.producer = producer;
        this.deadLetters = deadLetters;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Returns once everything is acknowledged.
     *
     * @return the first that is a later version's, with all that follow it; empty where there is none
     * @throws IllegalStateException where something could not be written; then all of it is to be handed over again
     */
    List<ConsumerRecord<byte[], byte[]>> take(List<ConsumerRecord<byte[], byte[]>> records) {
        sends.clear();
        var partitions =
                producer.partitionsFor(Topic.METRICS_PLACED.name(prefix)).size();
        if (metricTopics == null || metricTopics.allMetrics().size() != partitions) {
            metricTopics = new MetricTopics(prefix, partitions);
        }
        var taken = 0;
        while (taken < records.size()
                && split(records.get(taken), topics.get(records.get(taken).topic()))) {
            taken++;
            if (sends.size() > SENDS_AT_ONCE) {
                await();
            }
        }
        await();
        return records.subList(taken, records.size());
    }

    private void await() {
        producer.flush();
        sends.forEach(Commits::await);
        sends.clear();
    }

    /** @return false where it has to wait for a later version */
    private boolean split(ConsumerRecord<byte[], byte[]> record, ForeignTopic topic) {
        switch (read(record, topic)) {
            case ForeignReading.Samples(var samples) -> splitSamples(record, topic, samples);
            case ForeignReading.Event(var event)
            when FreezeRules.isTold(event) -> putAside(record, topic, Batch.TOLD_BY_OTHERS);
            case ForeignReading.Event(var event) -> {
                send(record, 0, clock.instant(), event, Placement.saidCounter(record));
                meters.handedOver(topic.name(), 1);
            }
            case ForeignReading.Unreadable(var reason) -> putAside(record, topic, reason);
            case ForeignReading.Newer(var reason) -> {
                LOG.errorf(
                        "an event of a later version holds all that others write until the gate is updated source=%s/%d/%d"
                                + " reason=%s",
                        record.topic(), record.partition(), record.offset(), reason);
                return false;
            }
        }
        return true;
    }

    /** A format that breaks on a record breaks on it again: that is no reason to hold those behind it. */
    private static ForeignReading read(ConsumerRecord<byte[], byte[]> record, ForeignTopic topic) {
        try {
            return topic.format().read(record.value(), record.headers());
        } catch (RuntimeException e) {
            return new ForeignReading.Unreadable(broken("read", record, e));
        }
    }

    /** Where one of them breaks the mapping, those before it count. */
    private void splitSamples(ConsumerRecord<byte[], byte[]> record, ForeignTopic topic, List<ForeignSample> samples) {
        var now = clock.instant();
        var dropped = new EnumMap<Drop, Long>(Drop.class);
        for (int i = 0; i < samples.size(); i++) {
            Mapped mapped;
            try {
                mapped = topic.mapping().map(samples.get(i));
            } catch (RuntimeException e) {
                count(topic, i, dropped);
                putAside(record, topic, broken("mapped", record, e));
                return;
            }
            switch (mapped) {
                case Mapped.Event(var event, var counter) -> send(record, i, now, event, counter);
                case Mapped.Dropped(var why) -> dropped.merge(why, 1L, Long::sum);
            }
        }
        count(topic, samples.size(), dropped);
    }

    private static String broken(String what, ConsumerRecord<byte[], byte[]> record, RuntimeException e) {
        LOG.errorf(
                e,
                "a record could not be %s; it becomes a dead letter source=%s/%d/%d",
                what,
                record.topic(),
                record.partition(),
                record.offset());
        return "it could not be " + what + ": " + e;
    }

    private void putAside(ConsumerRecord<byte[], byte[]> record, ForeignTopic topic, String reason) {
        sends.add(deadLetters.put(topic.name(), topic.deadLetters(), record, reason, clock.instant()));
    }

    private void count(ForeignTopic topic, long samples, Map<Drop, Long> dropped) {
        dropped.forEach((why, number) -> meters.dropped(topic.name(), why, number));
        meters.handedOver(
                topic.name(),
                samples - dropped.values().stream().mapToLong(Long::longValue).sum());
    }

    private void send(ConsumerRecord<byte[], byte[]> from, int index, Instant now, MetricEvent event, String counter) {
        var home = metricTopics.partitionOf(new TargetKey(event.application(), event.target()));
        var key = Keys.applicationTarget(event.application(), event.target());
        sends.add(producer.send(
                Placement.foreign(from, index, now).send(metricTopics.placed(home), key, json(event), counter)));
    }

    private static byte[] json(MetricEvent event) {
        try {
            return Json.mapper().writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a metric event cannot be written: " + event, e);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
        deadLetters.close();
    }
}
