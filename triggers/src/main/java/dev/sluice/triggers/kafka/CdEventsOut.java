package dev.sluice.triggers.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.MessageReader;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.Reading;
import dev.sluice.triggers.cdevents.CdEvent;
import dev.sluice.triggers.cdevents.Telling;
import dev.sluice.triggers.config.TriggersConfig;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Tells in CDEvents what statuses and verdicts say. What was read counts as read once Kafka has what follows: after a crash in between the
 * same events come again, with the same ids.
 */
@ApplicationScoped
class CdEventsOut {
    private static final Duration LONGEST_SEND = Duration.ofSeconds(10);

    private final MutinyEmitter<ProducerRecord<byte[], byte[]>> channel;
    private final Again again;
    private final String topic;
    private final MessageReader reader = new MessageReader();

    CdEventsOut(
            @Channel("cdevents") MutinyEmitter<ProducerRecord<byte[], byte[]>> channel,
            Again again,
            TriggersConfig config) {
        this.channel = channel;
        this.again = again;
        this.topic = config.topics().prefix() + "cdevents";
    }

    @Incoming("ends")
    @Blocking
    void ends(ConsumerRecords<byte[], byte[]> records) {
        tell(MessageType.STATUS, records, status -> Telling.of(status).stream().toList());
    }

    @Incoming("verdicts")
    @Blocking
    void verdicts(ConsumerRecords<byte[], byte[]> records) {
        tell(MessageType.VERDICT, records, Telling::of);
    }

    private <T> void tell(
            MessageType<T> type, ConsumerRecords<byte[], byte[]> records, Function<T, List<CdEvent>> telling) {
        var events = StreamSupport.stream(records.spliterator(), false)
                .flatMap(record -> read(type, record).stream())
                .flatMap(message -> telling.apply(message).stream())
                .toList();
        if (!events.isEmpty()) {
            var backlog = new Backlog<>(events);
            again.until(() -> sent(backlog));
        }
    }

    /** What nobody can read says nothing: whoever decides by it tells of it. */
    private <T> Optional<T> read(MessageType<T> type, ConsumerRecord<byte[], byte[]> record) {
        return reader.read(type, record.value(), record.headers()) instanceof Reading.Message<T> read
                ? Optional.of(read.message())
                : Optional.empty();
    }

    private Optional<String> sent(Backlog<CdEvent> backlog) {
        try {
            backlog.send(this::send);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("CDEvents could not be sent to " + topic + ": " + e.getMessage());
        }
    }

    private void send(List<CdEvent> events) {
        var sends = events.stream().map(event -> channel.send(record(event))).toList();
        Uni.join().all(sends).andFailFast().await().atMost(LONGEST_SEND);
    }

    private ProducerRecord<byte[], byte[]> record(CdEvent event) {
        var headers = new RecordHeaders();
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_id", event.id());
        add(headers, "ce_source", CdEvent.SOURCE);
        add(headers, "ce_type", event.fullType());
        add(headers, "ce_subject", event.subject());
        add(headers, "ce_time", event.time().toString());
        add(headers, "ce_correlationid", event.chain());
        add(headers, "content-type", "application/json");
        try {
            return new ProducerRecord<>(
                    topic,
                    null,
                    null,
                    event.chain().getBytes(StandardCharsets.UTF_8),
                    Json.mapper().writeValueAsBytes(event.json()),
                    headers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written as JSON", e);
        }
    }

    private static void add(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
