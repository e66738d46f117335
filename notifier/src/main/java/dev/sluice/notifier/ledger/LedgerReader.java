package dev.sluice.notifier.ledger;

import dev.sluice.notifier.core.Entry;
import dev.sluice.schemas.wire.Json;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads a partition of the ledger from its beginning to the end that it has then. */
@Singleton
class LedgerReader {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /**
     * @param entries by key
     * @param beginning empty for a partition that nobody has had yet
     */
    record Read(Map<String, Entry> entries, Optional<Instant> beginning) {}

    private final Clients clients;
    private final LedgerTopic topic;

    LedgerReader(Clients clients, LedgerTopic topic) {
        this.clients = clients;
        this.topic = topic;
    }

    /** @throws KafkaException where it can't be read to its end now */
    Read read(int number) {
        var partition = new TopicPartition(topic.name(), number);
        var entries = new HashMap<String, Entry>();
        Optional<Instant> beginning = Optional.empty();
        try (var consumer = clients.reader()) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var end = consumer.endOffsets(List.of(partition)).get(partition);
            var lastNews = System.nanoTime();
            while (consumer.position(partition) < end) {
                var records = consumer.poll(POLL);
                for (var record : records) {
                    var key = new String(record.key(), StandardCharsets.UTF_8);
                    if (key.equals(Ledger.BEGINNING)) {
                        beginning =
                                Optional.of(json(record, Ledger.Beginning.class).at());
                    } else if (record.value() == null) {
                        entries.remove(key);
                    } else {
                        entries.put(key, entry(record));
                    }
                }
                lastNews = records.isEmpty() ? lastNews : System.nanoTime();
                if (System.nanoTime() - lastNews > SILENCE.toNanos()) {
                    throw new KafkaException("nothing came of " + partition + " for " + SILENCE);
                }
            }
        }
        return new Read(entries, beginning);
    }

    private static Entry entry(ConsumerRecord<byte[], byte[]> record) {
        var entry = json(record, Entry.class);
        if (entry.form() > Entry.FORM) {
            throw new KafkaException(
                    "%s/%d/%d was written in form %d by a later version of Sluice; this one knows %d: upgrade it"
                            .formatted(record.topic(), record.partition(), record.offset(), entry.form(), Entry.FORM));
        }
        return entry;
    }

    private static <T> T json(ConsumerRecord<byte[], byte[]> record, Class<T> type) {
        try {
            return Json.mapper().readValue(record.value(), type);
        } catch (IOException e) {
            throw new KafkaException(
                    "%s/%d/%d was not written by the notifier; whoever wrote it should write a tombstone for its key"
                            .formatted(record.topic(), record.partition(), record.offset()),
                    e);
        }
    }
}
