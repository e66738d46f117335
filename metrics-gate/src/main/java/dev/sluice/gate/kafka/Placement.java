package dev.sluice.gate.kafka;

import dev.sluice.gate.core.IdHash;
import dev.sluice.gate.core.Origin;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Where and when a metric event first stood in the log. An event that is sent on takes both along in the headers
 * {@code sluice-origin} ({@code topic/partition/offset/index}) and {@code sluice-time} (RFC 3339).
 */
record Placement(Origin origin, long appendedMillis) {
    private static final String ORIGIN = "sluice-origin";
    private static final String TIME = "sluice-time";
    /** What tells counters of one series and process apart: up to 64 letters of ASCII. */
    static final String COUNTER = "sluice-counter";

    private static final int LONGEST_COUNTER = 64;
    private static final Pattern PARTS = Pattern.compile("(.{1,249}/\\d{1,9})/(\\d{1,18})/(\\d{1,9})");

    /** Of a record read from the metrics topic; its source is {@code topic/partition}. */
    static Placement first(ConsumerRecord<byte[], byte[]> record, String source) {
        return new Placement(new Origin(source, record.offset(), 0), record.timestamp());
    }

    /**
     * Which of several counters of its series and process a total is of, where its sender left out labels that tell them apart;
     * null where he says none.
     */
    static IdHash counter(ConsumerRecord<byte[], byte[]> record) {
        var header = record.headers().lastHeader(COUNTER);
        return header == null || header.value() == null
                ? null
                : IdHash.of(header.value(), 0, Math.min(header.value().length, LONGEST_COUNTER));
    }

    Instant appended() {
        return Instant.ofEpochMilli(appendedMillis);
    }

    /** Of a record that was sent on; null where it does not say so, because the gate did not write it. */
    static Placement carried(ConsumerRecord<byte[], byte[]> record) {
        var origin = PARTS.matcher(text(record.headers(), ORIGIN));
        try {
            return origin.matches()
                    ? new Placement(
                            new Origin(
                                    origin.group(1),
                                    Long.parseLong(origin.group(2)),
                                    Integer.parseInt(origin.group(3))),
                            Instant.parse(text(record.headers(), TIME)).toEpochMilli())
                    : null;
        } catch (DateTimeException | ArithmeticException notATime) {
            return null;
        }
    }

    /** The same event, to where it belongs. */
    ProducerRecord<byte[], byte[]> sendOn(ConsumerRecord<byte[], byte[]> record, TopicPartition to) {
        var headers = new RecordHeaders(record.headers());
        headers.remove(ORIGIN).remove(TIME);
        headers.add(ORIGIN, bytes(origin.source() + "/" + origin.offset() + "/" + origin.index()));
        headers.add(TIME, bytes(appended().toString()));
        return new ProducerRecord<>(to.topic(), to.partition(), null, record.key(), record.value(), headers);
    }

    private static String text(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
