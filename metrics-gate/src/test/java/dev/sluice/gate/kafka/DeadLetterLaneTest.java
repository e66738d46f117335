package dev.sluice.gate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DeadLetterLaneTest {
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private final DeadLetterLane lane =
            new DeadLetterLane(producer, Topic.DEFAULT_PREFIX, new Meters(registry), nanos::get);

    @AfterEach
    void close() {
        lane.close();
    }

    @Test
    @DisplayName("B25: a dead-letter topic that can't be written ends nothing and is tried again a little later")
    void aTopicThatCannotBeWrittenEndsNothing() throws Exception {
        // given
        producer.sendException = new TimeoutException("Topic rollout.metrics.dlq not present in metadata");

        // when
        putAndWait(0);
        producer.sendException = null;
        putAndWait(1);

        // then
        assertThat(producer.history()).isEmpty();
        assertThat(count("sluice.gate.dead.letters.lost")).isEqualTo(2);

        // when
        nanos.addAndGet(DeadLetterLane.AVOIDANCE.toNanos());
        putAndWait(2);

        // then
        assertThat(producer.history()).hasSize(1);
        assertThat(count("sluice.dead.letters")).isEqualTo(1);
    }

    @Test
    @DisplayName("B25: a dead letter that is refused for its own sake keeps no other from its topic")
    void oneThatIsRefusedKeepsNoOther() throws Exception {
        // given
        producer.sendException = new RecordTooLargeException("too large");
        putAndWait(0);
        producer.sendException = null;

        // when
        putAndWait(1);

        // then
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    @DisplayName("What is put after the end is not waited for")
    void nobodyWaitsForWhatIsPutAfterTheEnd() throws Exception {
        // given
        lane.close();

        // when
        putAndWait(0);

        // then
        assertThat(count("sluice.gate.dead.letters.lost")).isEqualTo(1);
    }

    private void putAndWait(long offset) throws Exception {
        Future<?> done = lane.put(
                Topic.METRICS,
                new ConsumerRecord<>("rollout.metrics", 0, offset, null, "junk".getBytes(StandardCharsets.UTF_8)),
                "no JSON",
                Instant.EPOCH);
        done.get(1, TimeUnit.MINUTES);
    }

    private double count(String name) {
        return registry.get(name).tag("topic", "metrics").counter().count();
    }
}
