package dev.sluice.dashboard.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.dashboard.core.Feed;
import dev.sluice.dashboard.metrics.FleetMeters;
import dev.sluice.dashboard.metrics.Meters;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.MessageReader;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.Reading;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Hands what comes in on to the {@link Feed}. What nobody can read is counted and left out: it holds nothing up. */
@ApplicationScoped
public class Inbox {
    private static final Logger LOG = Logger.getLogger(Inbox.class);

    private final MessageReader reader = new MessageReader();
    private final Feed feed;
    private final Reaches reaches;
    private final FleetMeters fleet;
    private final Meters meters;

    Inbox(Feed feed, FleetMeters fleet, Reaches reaches, Meters meters) {
        this.feed = feed;
        this.fleet = fleet;
        this.reaches = reaches;
        this.meters = meters;
    }

    @Incoming("status")
    @Blocking
    void statuses(ConsumerRecords<byte[], byte[]> records) {
        take(MessageType.STATUS, records, (status, json) -> {
            feed.take(status, json);
            fleet.take(status);
        });
    }

    @Incoming("audit")
    @Blocking
    void audit(ConsumerRecords<byte[], byte[]> records) {
        take(MessageType.AUDIT, records, feed::take);
    }

    @Incoming("verdicts")
    @Blocking
    void verdicts(ConsumerRecords<byte[], byte[]> records) {
        take(MessageType.VERDICT, records, feed::take);
    }

    private <T> void take(
            MessageType<T> type, ConsumerRecords<byte[], byte[]> records, BiConsumer<T, String> destination) {
        try {
            records.forEach(record -> take(type, record, destination));
        } finally {
            reaches.of(type.topic()).took(records);
        }
    }

    private <T> void take(
            MessageType<T> type, ConsumerRecord<byte[], byte[]> record, BiConsumer<T, String> destination) {
        switch (reader.read(type, record.value(), record.headers())) {
            case Reading.Message<T> read -> destination.accept(read.message(), json(read.message()));
            case Reading.Tombstone<T> ignored -> forget(type.topic(), record.key());
            case Reading.Unreadable<T> unreadable -> leaveOut(record, unreadable.reason());
            case Reading.Newer<T> newer -> leaveOut(record, newer.reason());
        }
    }

    private void forget(Topic topic, byte[] key) {
        if (topic == Topic.STATUS && key != null) {
            var target = new String(key, StandardCharsets.UTF_8);
            feed.forget(target);
            fleet.forget(target);
        }
    }

    private void leaveOut(ConsumerRecord<byte[], byte[]> record, String reason) {
        meters.unreadable(record.topic());
        LOG.warnf("Left out %s/%d/%d: %s", record.topic(), record.partition(), record.offset(), reason);
    }

    private static String json(Object message) {
        try {
            return Json.mapper().writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON can be written as such", e);
        }
    }
}
