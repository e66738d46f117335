package dev.sluice.gate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.Shop;
import dev.sluice.gate.alert.FreezeRules;
import dev.sluice.gate.config.FreezesConfig;
import dev.sluice.gate.core.TargetKey;
import dev.sluice.gate.format.MetricEvents;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.MetricEvent.AlertState;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.MessageWriter;
import dev.sluice.telemetry.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ForerunnerTest {
    private static final String PREFIX = Topic.DEFAULT_PREFIX;
    private static final int NEW_FROM = 100;
    private static final int END = 110;

    private record Outage(String alert, Map<String, String> when, Map<String, String> labels)
            implements FreezesConfig.Rule {}

    private final MetricTopics topics = new MetricTopics(PREFIX, 2);
    private final TopicPartition metrics = topics.metrics(0);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final List<Future<?>> sends = new ArrayList<>();
    private Batch batch;
    private Forerunner forerunner;
    private Owned owned;

    /** Windows that begin at offset 0 of a partition that the group has dealt with up to 100. */
    @BeforeEach
    void readBack() {
        batch = new Batch(
                new MetricEvents(),
                topics,
                new Outbound(
                        producer,
                        new DeadLetterLane(producer, PREFIX, new Meters(new SimpleMeterRegistry()), System::nanoTime),
                        PREFIX,
                        new Traces(Tracing.off())),
                new FreezeRules(() -> Map.of("outage", new Outage("High.*", Map.of(), Map.of()))),
                new Meters(new SimpleMeterRegistry()),
                Clock.systemUTC());
        forerunner = new Forerunner(consumer, batch);
        var start = new ReadBack.Start(0, NEW_FROM, NEW_FROM, END, Instant.EPOCH, Instant.EPOCH);
        var nothing = new ReadBack.Start(0, 0, 0, 0, Instant.EPOCH, Instant.EPOCH);
        owned = new Owned(0, Map.of(metrics, start, topics.placed(0), nothing));
    }

    @Test
    @DisplayName("Line 9: what is new is dealt with while windows are read back, so that nobody's pass waits for them")
    void commitsGoOnWhileWindowsAreReadBack() {
        // when
        runAhead();

        // then
        assertThat(owned.handled().get(metrics)).isEqualTo(END);
        assertThat(owned.positions().get(metrics))
                .as("the windows' own reading")
                .isZero();
        assertThat(producer.history()).hasSize(END - NEW_FROM);
        assertThat(sends).as("acknowledged before anything is committed").hasSize(END - NEW_FROM);
    }

    @Test
    @DisplayName("Line 9: what was dealt with ahead isn't sent on a second time when the windows get there")
    void nothingIsSentOnTwice() {
        // given
        runAhead();

        // when
        batch.sort(metrics, misplaced(NEW_FROM - 5, END + 3), owned, sends);

        // then
        assertThat(producer.history()).hasSize(END + 3 - NEW_FROM);
    }

    @Test
    @DisplayName("Line 9: once its windows have come as far, a partition is left to them")
    void leavesAPartitionThatHasCaughtUp() {
        // given
        forerunner.run(Map.of(metrics, owned), sends);
        assertThat(owned.isBehind(metrics)).isTrue();

        // when
        owned.moveTo(metrics, NEW_FROM);
        forerunner.run(Map.of(), sends);

        // then
        assertThat(owned.isBehind(metrics)).isFalse();
        assertThat(forerunner.isRunning()).isFalse();
        assertThat(consumer.assignment()).isEmpty();
    }

    @Test
    @DisplayName("Line 9, B42: a record of a later version is not run past, and the windows' reading finds it there")
    void stopsAtARecordOfALaterVersion() {
        // given
        forerunner.run(Map.of(metrics, owned), sends);
        misplaced(NEW_FROM, NEW_FROM + 3).forEach(consumer::addRecord);
        var later = misplaced(NEW_FROM + 3, NEW_FROM + 4).getFirst();
        later.headers().add("ce_sluiceformat", "2".getBytes(StandardCharsets.UTF_8));
        later.headers().add("ce_source", "sluice/metrics-gate".getBytes(StandardCharsets.UTF_8));
        consumer.addRecord(later);
        misplaced(NEW_FROM + 4, END).forEach(consumer::addRecord);

        // when
        forerunner.run(Map.of(metrics, owned), sends);
        forerunner.run(Map.of(metrics, owned), sends);

        // then
        assertThat(owned.handled().get(metrics)).isEqualTo(NEW_FROM + 3);
        assertThat(producer.history()).hasSize(3);
    }

    @Test
    @DisplayName("Line 9: a partition that is read back anew begins again at what has been dealt with")
    void beginsAgainWhereAPartitionIsRebuilt() {
        // given
        runAhead();
        var rebuilt = new Owned(0, owned.starts());
        owned.handled().forEach(rebuilt::handledTo);

        // when
        forerunner.run(Map.of(metrics, rebuilt), sends);

        // then
        assertThat(consumer.position(metrics)).isEqualTo(END);
        assertThat(producer.history()).hasSize(END - NEW_FROM);
    }

    @Test
    @DisplayName("Line 9: an alert that is read ahead is told to its rule at once, where the windows find it, and once")
    void tellsRulesAhead() {
        // given
        forerunner.run(Map.of(metrics, owned), sends);
        consumer.addRecord(fired(of(0)));

        // when
        forerunner.run(Map.of(metrics, owned), sends);
        batch.sort(metrics, List.of(fired(of(0))), owned, sends);

        // then
        assertThat(producer.history()).singleElement().satisfies(told -> {
            assertThat(told.topic()).isEqualTo(topics.placed(0).topic());
            assertThat(new String(told.key(), StandardCharsets.UTF_8)).isEqualTo("sluice.freezes/outage");
        });
        assertThat(sends).hasSize(1);
    }

    @Test
    @DisplayName(
            "Line 9: what a sender says to a rule is a dead letter when it is read ahead too, and is not lost unseen")
    void refusesAheadWhatOthersTellRules() {
        // given
        forerunner.run(Map.of(metrics, owned), sends);
        consumer.addRecord(fired(new Shop("sluice.freezes", "outage")));

        // when
        forerunner.run(Map.of(metrics, owned), sends);

        // then
        sends.forEach(Commits::await);
        assertThat(producer.history())
                .singleElement()
                .satisfies(dead -> assertThat(dead.topic()).isEqualTo(Topic.METRICS.deadLetters(PREFIX)));
    }

    private ConsumerRecord<byte[], byte[]> fired(Shop of) {
        var event =
                MetricEvent.ofAlert(of.application(), of.target(), "HighErrorRate", AlertState.FIRING, null, Map.of());
        return records(event, NEW_FROM, NEW_FROM + 1).getFirst();
    }

    private void runAhead() {
        forerunner.run(Map.of(metrics, owned), sends);
        misplaced(NEW_FROM, END).forEach(consumer::addRecord);
        forerunner.run(Map.of(metrics, owned), sends);
    }

    private List<ConsumerRecord<byte[], byte[]>> misplaced(int from, int end) {
        return records(of(1).requests("canary", "200", 1), from, end);
    }

    private Shop of(int partition) {
        return IntStream.range(0, 100)
                .mapToObj(i -> Shop.named("shop/app-" + i))
                .filter(app -> topics.partitionOf(new TargetKey(app.application(), app.target())) == partition)
                .findFirst()
                .orElseThrow();
    }

    private List<ConsumerRecord<byte[], byte[]>> records(MetricEvent event, int from, int end) {
        var message = new MessageWriter("test", PREFIX).write(MessageType.METRIC_EVENT, event, "m", Instant.now());
        return IntStream.range(from, end)
                .mapToObj(offset -> new ConsumerRecord<>(
                        metrics.topic(),
                        metrics.partition(),
                        offset,
                        Instant.now().toEpochMilli(),
                        TimestampType.LOG_APPEND_TIME,
                        0,
                        message.value().length,
                        message.key(),
                        message.value(),
                        message.headers(),
                        Optional.empty()))
                .toList();
    }
}
