package dev.sluice.notifier.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.notifier.core.Entry;
import dev.sluice.schemas.wire.Json;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Writes the ledger. A record counts once all brokers that must have it have it. */
@Singleton
public class Ledger {
    /** The record that says since when a partition's statuses are told; no target's key is without a slash. */
    static final String BEGINNING = "beginning";

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    /** @param at what was decided before is told to nobody */
    record Beginning(Instant at) {}

    private final Clients clients;
    private final LedgerTopic topic;
    private KafkaProducer<byte[], byte[]> producer;
    private boolean stopped;

    Ledger(Clients clients, LedgerTopic topic) {
        this.clients = clients;
        this.topic = topic;
    }

    /**
     * Returns once all of it is written.
     *
     * @param entries by key; null forgets one
     * @throws KafkaException where some of it may not be; writing it again is safe
     */
    void write(int partition, Map<String, Entry> entries) {
        var values = new LinkedHashMap<String, byte[]>();
        entries.forEach((key, entry) -> values.put(key, entry == null ? null : json(entry)));
        writeAll(partition, values);
    }

    /** Likewise. */
    void begin(int partition, Instant at) {
        writeAll(partition, Map.of(BEGINNING, json(new Beginning(at))));
    }

    private void writeAll(int partition, Map<String, byte[]> values) {
        var writer = producer();
        try {
            var writes = new ArrayList<Future<?>>();
            values.forEach((key, value) -> writes.add(writer.send(
                    new ProducerRecord<>(topic.name(), partition, key.getBytes(StandardCharsets.UTF_8), value))));
            for (var write : writes) {
                write.get();
            }
        } catch (ExecutionException e) {
            discard(writer);
            throw new KafkaException(
                    "the ledger can't be written: " + e.getCause().getMessage(), e.getCause());
        } catch (KafkaException e) {
            discard(writer);
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while writing the ledger", e);
        }
    }

    private static byte[] json(Object value) {
        try {
            return Json.mapper().writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("every entry can be written as JSON, but this one: " + value, e);
        }
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        if (stopped) {
            throw new KafkaException("the notifier stops");
        }
        if (producer == null) {
            producer = clients.writer();
        }
        return producer;
    }

    /** One that failed once may be beyond use. */
    private synchronized void discard(KafkaProducer<byte[], byte[]> failed) {
        if (failed.equals(producer)) {
            producer = null;
            failed.close(Duration.ZERO);
        }
    }

    public synchronized void stop() {
        stopped = true;
        if (producer != null) {
            producer.close(CLOSE_WITHIN);
            producer = null;
        }
    }
}
