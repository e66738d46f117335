package dev.sluice.schemas.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Makes records as Sluice sends them: CloudEvents 1.0 in binary mode, keyed as the topic asks. Thread-safe. */
public final class MessageWriter {
    /** How the {@code ce_source} of every service begins. */
    static final String OWN_SOURCES = "sluice/";

    static final String FORMAT_ATTRIBUTE = "sluiceformat";
    private static final String FORMAT_HEADER = "ce_" + FORMAT_ATTRIBUTE;

    private final String source;
    private final String topicPrefix;

    /** @param source who writes, for {@code ce_source}, such as {@code sluice/rollout-engine} */
    public MessageWriter(String source, String topicPrefix) {
        this.source = source;
        this.topicPrefix = topicPrefix;
    }

    /** Of a message that nothing led to. */
    public <T> ProducerRecord<byte[], byte[]> write(MessageType<T> type, T message, String id, Instant time) {
        return write(type, message, id, time, Lineage.NONE);
    }

    /**
     * @param id unique per source; the same message sent again must carry the same id
     * @param time when it happened
     * @param lineage what led to it
     */
    public <T> ProducerRecord<byte[], byte[]> write(
            MessageType<T> type, T message, String id, Instant time, Lineage lineage) {
        var headers = new RecordHeaders();
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_id", id);
        add(headers, "ce_type", type.ceType());
        add(headers, "ce_source", source);
        add(headers, "ce_subject", Keys.subject(message));
        add(headers, "ce_time", time.toString());
        add(headers, "content-type", "application/json");
        add(headers, FORMAT_HEADER, Integer.toString(Forms.of(message)));
        addKnown(headers, "ce_correlationid", Keys.rollout(message));
        addKnown(headers, "ce_causationid", lineage.causation());
        addKnown(headers, "ce_traceparent", lineage.origin());
        addKnown(headers, "traceparent", lineage.traceparent());
        return new ProducerRecord<>(
                type.topic().name(topicPrefix), null, null, Keys.of(type, message), bytes(message), headers);
    }

    private static byte[] bytes(Object message) {
        try {
            return Json.mapper().writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("every message can be written as JSON, but this one: " + message, e);
        }
    }

    private static void addKnown(Headers headers, String name, String value) {
        if (value != null) {
            add(headers, name, value);
        }
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
