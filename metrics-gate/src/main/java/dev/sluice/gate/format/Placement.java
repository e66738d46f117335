package dev.sluice.gate.format;

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
import org.apache.kafka.common.record.TimestampType;

/**
 * Where and when a metric event first stood in the log. An event that is sent on takes both along in the headers
 * {@code sluice-origin} ({@code topic/partition/offset/index}) and {@code sluice-time} (RFC 3339).
 */
public record Placement(Origin origin, long appendedMillis) {
    private static final String ORIGIN = "sluice-origin";
    private static final String TIME = "sluice-time";
    /** What tells counters of one series and process apart: up to 64 letters of ASCII. */
    public static final String COUNTER = "sluice-counter";

    private static final int LONGEST_COUNTER = 64;
    private static final Pattern PARTS = Pattern.compile("(.{1,249}/\\d{1,9})/(\\d{1,18})/(\\d{1,9})");

    /** Of a record read from the metrics topic; its source is {@code topic/partition}. */
    public static Placement first(ConsumerRecord<byte[], byte[]> record, String source) {
        return new Placement(new Origin(source, record.offset(), 0), record.timestamp());
    }

    /**
     * Which of several counters of its series and process a total is of, where its sender left out labels that tell them apart;
     * null where he says none.
     */
    public static IdHash counter(ConsumerRecord<byte[], byte[]> record) {
        var header = record.headers().lastHeader(COUNTER);
        return header == null || header.value() == null
                ? null
                : IdHash.of(header.value(), 0, Math.min(header.value().length, LONGEST_COUNTER));
    }

    /** What {@link #counter} is made of, in letters of eight bits; null where there is none. */
    public static String saidCounter(ConsumerRecord<byte[], byte[]> record) {
        var header = record.headers().lastHeader(COUNTER);
        return header == null || header.value() == null
                ? null
                : new String(
                        header.value(),
                        0,
                        Math.min(header.value().length, LONGEST_COUNTER),
                        StandardCharsets.ISO_8859_1);
    }

    /**
     * Of a sample in a record of others. Where the topic has append times, that is the one; where it has its senders', they can't
     * place it after the time at which it is read.
     *
     * @param index the sample's place in the record
     */
    public static Placement foreign(ConsumerRecord<byte[], byte[]> record, int index, Instant now) {
        var origin = new Origin(record.topic() + "/" + record.partition(), record.offset(), index);
        var says = record.timestamp();
        var isTrue =
                record.timestampType() == TimestampType.LOG_APPEND_TIME || (says >= 0 && says <= now.toEpochMilli());
        return new Placement(origin, isTrue ? says : now.toEpochMilli());
    }

    public Instant appended() {
        return Instant.ofEpochMilli(appendedMillis);
    }

    /** Of a record that was sent on; null where it does not say so, because the gate did not write it. */
    public static Placement carried(ConsumerRecord<byte[], byte[]> record) {
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
    public ProducerRecord<byte[], byte[]> sendOn(ConsumerRecord<byte[], byte[]> record, TopicPartition to) {
        var headers = new RecordHeaders(record.headers());
        headers.remove(ORIGIN).remove(TIME);
        addTo(headers);
        return new ProducerRecord<>(to.topic(), to.partition(), null, record.key(), record.value(), headers);
    }

    /**
     * An event of its own, to where it belongs.
     *
     * @param counter see {@link #counter}; null for none
     */
    public ProducerRecord<byte[], byte[]> send(TopicPartition to, String key, byte[] value, String counter) {
        var headers = new RecordHeaders();
        addTo(headers);
        if (counter != null) {
            headers.add(COUNTER, counter.getBytes(StandardCharsets.ISO_8859_1));
        }
        return new ProducerRecord<>(to.topic(), to.partition(), null, bytes(key), value, headers);
    }

    private void addTo(Headers headers) {
        headers.add(ORIGIN, bytes(origin.source() + "/" + origin.offset() + "/" + origin.index()));
        headers.add(TIME, bytes(appended().toString()));
    }

    private static String text(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
