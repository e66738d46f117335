package dev.sluice.triggers.kafka;

import dev.sluice.schemas.wire.MessageReader;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.Reading;
import dev.sluice.triggers.Meters;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Hands what comes in on to the {@link News}. What nobody can read is counted and left out: it holds nothing up. */
@ApplicationScoped
public class Inbox {
    private static final Logger LOG = Logger.getLogger(Inbox.class);

    private final MessageReader reader = new MessageReader();
    private final News news;
    private final Reach reach;
    private final Meters meters;

    Inbox(News news, Reach reach, Meters meters) {
        this.news = news;
        this.reach = reach;
        this.meters = meters;
    }

    @Incoming("status")
    @Blocking
    void statuses(ConsumerRecords<byte[], byte[]> records) {
        try {
            records.forEach(record -> take(MessageType.STATUS, record, news::take));
        } finally {
            reach.took(records.count());
        }
    }

    @Incoming("answers")
    @Blocking
    void answers(ConsumerRecords<byte[], byte[]> records) {
        records.forEach(record -> take(MessageType.AUDIT, record, news::take));
    }

    private <T> void take(MessageType<T> type, ConsumerRecord<byte[], byte[]> record, Consumer<T> destination) {
        switch (reader.read(type, record.value(), record.headers())) {
            case Reading.Message<T> read -> destination.accept(read.message());
            case Reading.Tombstone<T> ignored -> forget(record);
            case Reading.Unreadable<T> unreadable -> leaveOut(record, unreadable.reason());
            case Reading.Newer<T> newer -> leaveOut(record, newer.reason());
        }
    }

    private void forget(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() != null) {
            news.forget(new String(record.key(), StandardCharsets.UTF_8));
        }
    }

    private void leaveOut(ConsumerRecord<byte[], byte[]> record, String reason) {
        meters.unreadable(record.topic());
        LOG.warnf("left out %s/%d/%d: %s", record.topic(), record.partition(), record.offset(), reason);
    }
}
