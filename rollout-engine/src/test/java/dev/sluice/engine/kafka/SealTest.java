package dev.sluice.engine.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");
    private static final byte[] KEY = "a key of the engine's instances.".getBytes(UTF_8);
    private static final String ABORT = "{\"type\":\"abort\"}";

    private static Headers sealed() {
        var record = new ProducerRecord<>("rollout.commands", "key".getBytes(UTF_8), ABORT.getBytes(UTF_8));
        Seal.put(record, "operator", NOW, KEY);
        return record.headers();
    }

    private static ConsumerRecord<byte[], byte[]> read(String topic, String value, Headers headers) {
        return new ConsumerRecord<>(
                topic,
                0,
                0,
                0,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                null,
                value.getBytes(UTF_8),
                headers,
                Optional.empty());
    }

    private static Optional<String> roles(String topic, String value, Headers headers) {
        return Seal.roles(read(topic, value, headers), NOW, KEY);
    }

    private static Headers changed(String name, String value) {
        var headers = sealed();
        headers.remove(name);
        headers.add(name, value.getBytes(UTF_8));
        return headers;
    }

    @Test
    void saysWhatTheSenderMay() {
        assertThat(roles("rollout.commands", ABORT, sealed())).contains("operator");
    }

    @Test
    void nothingOfItMayBeChanged() {
        assertThat(roles("rollout.commands", "{\"type\":\"start\"}", sealed())).isEmpty();
        assertThat(roles("other.commands", ABORT, sealed())).isEmpty();
        assertThat(roles("rollout.commands", ABORT, changed("sluice-sender-roles", "admin")))
                .isEmpty();
        assertThat(roles("rollout.commands", ABORT, changed("sluice-sealed-at", "2026-12-01T12:00:01Z")))
                .isEmpty();
        assertThat(roles("rollout.commands", ABORT, changed("sluice-seal", "00")))
                .isEmpty();
        assertThat(roles("rollout.commands", ABORT, new RecordHeaders())).isEmpty();
    }

    @Test
    void anotherKeyIsNoKey() {
        assertThat(Seal.roles(read("rollout.commands", ABORT, sealed()), NOW, "another".getBytes(UTF_8)))
                .isEmpty();
    }

    @Test
    void aCopyThatComesLaterIsNotTheSenders() {
        // given
        var record = read("rollout.commands", ABORT, sealed());

        // then
        assertThat(Seal.roles(record, NOW.plus(Duration.ofMinutes(5)), KEY)).isPresent();
        assertThat(Seal.roles(record, NOW.plus(Duration.ofMinutes(6)), KEY)).isEmpty();
        assertThat(Seal.roles(record, NOW.minus(Duration.ofMinutes(6)), KEY)).isEmpty();
    }
}
