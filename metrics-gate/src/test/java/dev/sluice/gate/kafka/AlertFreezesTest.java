package dev.sluice.gate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.alert.FreezeRules;
import dev.sluice.gate.config.FreezesConfig;
import dev.sluice.gate.format.MetricEvents;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.MetricEvent.AlertState;
import dev.sluice.schemas.wire.Json;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An alert that is read becomes a command of the engine's, once for each time that its monitor says it. */
class AlertFreezesTest {
    private static final String PREFIX = "rollout.";
    private static final int NEW_FROM = 100;

    private record Outage(String alert, Map<String, String> when, Map<String, String> labels)
            implements FreezesConfig.Rule {}

    private final MetricTopics topics = new MetricTopics(PREFIX, 1);
    private final TopicPartition metrics = topics.metrics(0);
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Meters meters = new Meters(new SimpleMeterRegistry());
    private final List<Future<?>> sends = new ArrayList<>();
    private final Batch batch = new Batch(
            new MetricEvents(),
            topics,
            new Outbound(producer, new DeadLetterLane(producer, PREFIX, meters, System::nanoTime), PREFIX),
            new FreezeRules(() -> Map.of("outage", new Outage("High.*", Map.of(), Map.of()))),
            meters,
            Clock.systemUTC());
    private final Owned owned = new Owned(
            0,
            Map.of(
                    metrics,
                    new ReadBack.Start(0, NEW_FROM, NEW_FROM, 200, Instant.EPOCH, Instant.EPOCH),
                    topics.placed(0),
                    new ReadBack.Start(0, 0, 0, 200, Instant.EPOCH, Instant.EPOCH)));

    @Test
    @DisplayName("an alert that fires puts up a freeze, to be acknowledged before its offset is committed")
    void anAlertFreezes() throws IOException {
        // when
        batch.sort(metrics, List.of(record(metrics, NEW_FROM, AlertState.FIRING, null)), owned, sends);

        // then
        assertThat(sends).hasSize(1);
        assertThat(producer.history())
                .singleElement()
                .satisfies(sent -> assertThat(sent.topic()).isEqualTo(Topic.COMMANDS.name(PREFIX)));
        var command = Json.mapper().readValue(producer.history().getFirst().value(), Command.class);
        assertThat(command.type()).isEqualTo(CommandType.FREEZE);
        batch.sort(metrics, List.of(record(metrics, NEW_FROM + 1, AlertState.RESOLVED, null)), owned, sends);
        var lift = Json.mapper().readValue(producer.history().getLast().value(), Command.class);
        assertThat(lift.type()).isEqualTo(CommandType.UNFREEZE);
        assertThat(lift.freeze()).isEqualTo(command.freeze());
    }

    @Test
    @DisplayName("what is read back, and what the gate says again by itself, freezes nothing anew")
    void isHeardOnce() {
        // when
        batch.sort(metrics, List.of(record(metrics, NEW_FROM - 1, AlertState.FIRING, null)), owned, sends);
        batch.sort(
                topics.placed(0),
                List.of(record(topics.placed(0), 7, AlertState.FIRING, "alerts/0/0/0")),
                owned,
                sends);

        // then
        assertThat(producer.history()).isEmpty();
    }

    @Test
    @DisplayName("one that was sent on from another partition freezes where it belongs")
    void isHeardWhereItBelongs() {
        // when
        batch.sort(
                topics.placed(0),
                List.of(record(topics.placed(0), 7, AlertState.FIRING, "rollout.metrics/3/12/0")),
                owned,
                sends);

        // then
        assertThat(producer.history()).hasSize(1);
    }

    private static ConsumerRecord<byte[], byte[]> record(
            TopicPartition partition, long offset, AlertState state, String origin) {
        var event = MetricEvent.ofAlert("shop/checkout", "prod", "HighErrorRate", state, null, Map.of());
        var headers = new RecordHeaders();
        if (origin != null) {
            headers.add("sluice-origin", origin.getBytes(StandardCharsets.UTF_8));
            headers.add("sluice-time", "2026-11-27T12:00:00Z".getBytes(StandardCharsets.UTF_8));
        }
        var value = Json.mapper().valueToTree(event).toString().getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                Instant.now().toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                value.length,
                null,
                value,
                headers,
                Optional.empty());
    }
}
