package dev.sluice.schemas.wire;

import dev.sluice.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Where records go that nobody can read: unchanged, with what was wrong and where they came from in headers. */
public final class DeadLetters {
    private DeadLetters() {}

    public static ProducerRecord<byte[], byte[]> of(
            Topic topic, String prefix, ConsumerRecord<byte[], byte[]> dead, String reason, Instant now) {
        return of(topic.deadLetters(prefix), dead, reason, now);
    }

    /** @param deadLetters the topic that they go to */
    public static ProducerRecord<byte[], byte[]> of(
            String deadLetters, ConsumerRecord<byte[], byte[]> dead, String reason, Instant now) {
        var headers = new RecordHeaders(dead.headers());
        headers.add("sluice-error", utf8(reason));
        headers.add("sluice-source", utf8(dead.topic() + "/" + dead.partition() + "/" + dead.offset()));
        headers.add("sluice-time", utf8(now.toString()));
        return new ProducerRecord<>(deadLetters, null, null, dead.key(), dead.value(), headers);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
