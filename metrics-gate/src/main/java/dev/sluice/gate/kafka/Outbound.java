package dev.sluice.gate.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.gate.format.Placement;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.Keys;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.MessageWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** Everything the gate writes. */
final class Outbound implements AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final DeadLetterLane deadLetters;
    private final MessageWriter writer;
    private final Traces traces;

    Outbound(Producer<byte[], byte[]> producer, DeadLetterLane deadLetters, String prefix, Traces traces) {
        this.traces = traces;
        this.producer = producer;
        this.deadLetters = deadLetters;
        this.writer = new MessageWriter("sluice/metrics-gate", prefix);
    }

    Future<RecordMetadata> verdict(Verdict verdict) {
        try (var hop = traces.judged(verdict)) {
            var record = writer.write(MessageType.VERDICT, verdict, verdict.id(), verdict.time(), hop.lineage());
            var sending = traces.send(record);
            try {
                return producer.send(sending.records().getFirst(), (taken, failure) -> sending.over(failure));
            } catch (RuntimeException e) {
                sending.over(e);
                throw e;
            }
        }
    }

    Future<RecordMetadata> command(Command command, Instant at) {
        return producer.send(writer.write(MessageType.COMMAND, command, command.id(), at));
    }

    Future<RecordMetadata> sendOn(ProducerRecord<byte[], byte[]> misplaced) {
        return producer.send(misplaced);
    }

    /** An alert, to where it belongs. */
    Future<RecordMetadata> alert(MetricEvent alert, Placement placement, TopicPartition to) {
        var key = Keys.applicationTarget(alert.application(), alert.target());
        return producer.send(placement.send(to, key, json(alert), null));
    }

    private static byte[] json(MetricEvent event) {
        try {
            return Json.mapper().writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return done once that is over, whether or not it could be written */
    Future<?> deadLetter(Topic topic, ConsumerRecord<byte[], byte[]> record, String reason, Instant now) {
        return deadLetters.put(topic, record, reason, now);
    }

    /**
     * Appends a record without key and value, to learn the broker's time.
     *
     * @param reached gets the append time or what went wrong, on the producer's thread
     */
    void tick(TopicPartition placed, BiConsumer<Instant, Exception> reached) {
        // the callback says how it went
        var unused = producer.send(
                new ProducerRecord<>(placed.topic(), placed.partition(), null, null),
                (appended, failure) ->
                        reached.accept(failure == null ? Instant.ofEpochMilli(appended.timestamp()) : null, failure));
    }

    @Override
    public void close() {
        deadLetters.close();
        producer.close(CLOSE_WITHIN);
    }
}
