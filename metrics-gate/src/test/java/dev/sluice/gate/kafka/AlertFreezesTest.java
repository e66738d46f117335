package dev.sluice.gate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.alert.FreezeRules;
import dev.sluice.gate.config.FreezesConfig;
import dev.sluice.gate.core.Bounds;
import dev.sluice.gate.core.Gate;
import dev.sluice.gate.core.GateEvent.CaughtUp;
import dev.sluice.gate.core.GateEvent.PartitionAssigned;
import dev.sluice.gate.core.GateEvent.SamplesArrived;
import dev.sluice.gate.core.Origin;
import dev.sluice.gate.format.MetricEvents;
import dev.sluice.gate.format.Placement;
import dev.sluice.gate.judge.StandardJudging;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.MetricEvent.AlertState;
import dev.sluice.schemas.wire.Json;
import dev.sluice.telemetry.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Alerts that are read become a rule's one freeze, which stands for as long as any of them fires. */
class AlertFreezesTest {
    private static final String PREFIX = "rollout.";
    private static final int NEW_FROM = 100;
    private static final Instant START = Instant.parse("2026-11-27T12:00:00Z");

    private static final Bounds WITHOUT_ROOM = new Bounds(
            Bounds.DEFAULT.pane(),
            Bounds.DEFAULT.keep(),
            Bounds.DEFAULT.history(),
            Bounds.DEFAULT.grace(),
            Bounds.DEFAULT.seriesPerTarget(),
            0,
            Bounds.DEFAULT.idsPerTarget(),
            Bounds.DEFAULT.openRuns());

    private record Outage(String alert, Map<String, String> when, Map<String, String> labels)
            implements FreezesConfig.Rule {}

    private final MetricTopics topics = new MetricTopics(PREFIX, 1);
    private final TopicPartition metrics = topics.metrics(0);
    private final TopicPartition placed = topics.placed(0);
    /** What the placed topic holds: an instance that comes later reads it from the beginning. */
    private final List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();

    private Instance instance = new Instance(0, Bounds.DEFAULT);
    private int said;

    /** One gate, and what it has sent to the engine. */
    private final class Instance {
        final MockProducer<byte[], byte[]> producer =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        private final Meters meters = new Meters(new SimpleMeterRegistry());
        private final FreezeRules rules =
                new FreezeRules(() -> Map.of("outage", new Outage("High.*", Map.of(), Map.of("tier", "1"))));
        private final Outbound outbound = new Outbound(
                producer,
                new DeadLetterLane(producer, PREFIX, meters, System::nanoTime),
                PREFIX,
                new Traces(Tracing.off()));
        private final Gate gate;
        private final Batch batch = new Batch(new MetricEvents(), topics, outbound, rules, meters, Clock.systemUTC());
        private final AlertFreezes freezes;
        private final Owned owned;
        private int delivered;

        /** @param handled how much of the placed topic others have dealt with */
        Instance(int handled, Bounds bounds) {
            gate = new Gate(bounds, StandardJudging.create(), topics::partitionOf, FreezeRules::isRule);
            freezes = new AlertFreezes(gate, outbound);
            owned = new Owned(
                    0,
                    Map.of(
                            metrics,
                            new ReadBack.Start(0, NEW_FROM, NEW_FROM, 200, Instant.EPOCH, Instant.EPOCH),
                            placed,
                            new ReadBack.Start(0, handled, handled, 200, Instant.EPOCH, Instant.EPOCH)));
            gate.on(new PartitionAssigned(0, Instant.EPOCH, Instant.EPOCH));
        }

        void read(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
            var sends = new ArrayList<Future<?>>();
            var sorted = batch.sort(partition, records, owned, sends);
            sends.forEach(Commits::await);
            gate.on(sorted.arrived());
            for (var said : sorted.alerts()) {
                gate.on(said.heard());
                freezes.hear(said, new ArrayList<>());
            }
        }

        void say(MetricEvent event) {
            read(metrics, List.of(record(metrics, NEW_FROM + said++, event, new RecordHeaders())));
        }

        /** What was told to the rules comes in, and the turn ends. */
        void endTurn() {
            tellRules();
            gate.on(new CaughtUp(0));
            liftDue(Set.of(0));
        }

        void tellRules() {
            for (; delivered < producer.history().size(); delivered++) {
                var sent = producer.history().get(delivered);
                if (sent.topic().equals(placed.topic())) {
                    var record = stored(placed, log.size(), sent);
                    log.add(record);
                    read(placed, List.of(record));
                }
            }
        }

        void liftDue(Set<Integer> partitions) {
            freezes.liftDue(partitions, new ArrayList<>());
        }

        List<Command> commands() {
            return producer.history().stream()
                    .filter(sent -> sent.topic().equals(Topic.COMMANDS.name(PREFIX)))
                    .map(sent -> command(sent.value()))
                    .toList();
        }

        List<CommandType> types() {
            return commands().stream().map(Command::type).toList();
        }
    }

    @Test
    @DisplayName(
            "a rule's freeze stands while any of its alerts fires, of whatever application, and goes with the last")
    void standsWhileAnyFires() {
        // when
        say("shop/checkout", "HighErrorRate", AlertState.FIRING);
        say("shop/checkout", "HighLatency", AlertState.FIRING);
        say("shop/cart", "HighErrorRate", AlertState.FIRING);
        say("shop/checkout", "HighErrorRate", AlertState.RESOLVED);
        say("shop/cart", "HighErrorRate", AlertState.RESOLVED);

        // then
        assertThat(instance.types()).containsOnly(CommandType.FREEZE).hasSize(3);

        // when
        say("shop/checkout", "HighLatency", AlertState.RESOLVED);
        instance.endTurn();

        // then
        assertThat(instance.types()).hasSize(4).endsWith(CommandType.UNFREEZE);
        assertThat(instance.commands()).extracting(Command::freeze).containsOnly("alert-outage");
        assertThat(instance.commands()).extracting(Command::id).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName(
            "B06 an instance that takes over knows what fires, says what was due under the same id, and nothing else")
    void goesOnElsewhere() {
        // given
        say("shop/checkout", "HighErrorRate", AlertState.FIRING);
        say("shop/cart", "HighErrorRate", AlertState.FIRING);
        say("shop/checkout", "HighErrorRate", AlertState.RESOLVED);

        // when
        takeOver(log.size());

        // then
        assertThat(instance.commands()).isEmpty();

        // when
        say("shop/cart", "HighErrorRate", AlertState.RESOLVED);
        var lifted = instance.commands();
        takeOver(log.size());

        // then
        assertThat(lifted).extracting(Command::type).containsExactly(CommandType.UNFREEZE);
        assertThat(instance.commands()).isEqualTo(lifted);
    }

    @Test
    @DisplayName("B06 what was dealt with and not committed leads to the same commands again")
    void saysTheSameAgain() {
        // given
        say("shop/checkout", "HighErrorRate", AlertState.FIRING);
        say("shop/checkout", "HighErrorRate", AlertState.RESOLVED);
        var before = instance.commands();

        // when
        takeOver(1);

        // then
        assertThat(before).extracting(Command::type).containsExactly(CommandType.FREEZE, CommandType.UNFREEZE);
        assertThat(instance.commands()).containsExactly(before.getLast());

        // when
        takeOver(0);

        // then
        assertThat(instance.commands()).isEqualTo(before);
    }

    @Test
    @DisplayName("what is told late and is over already freezes nothing")
    void isNotFrozenByWhatIsOver() {
        // given
        say("shop/checkout", "HighErrorRate", AlertState.FIRING);
        say("shop/checkout", "HighErrorRate", AlertState.RESOLVED);

        // when
        say("shop/checkout", "HighErrorRate", AlertState.FIRING, START.minusSeconds(5));

        // then
        assertThat(instance.types()).containsExactly(CommandType.FREEZE, CommandType.UNFREEZE);
    }

    @Test
    @DisplayName("what is read back, and what the gate says again by itself, freezes nothing anew")
    void isHeardOnce() {
        // when
        instance.read(metrics, List.of(record(metrics, NEW_FROM - 1, "shop/checkout", "HighErrorRate")));
        sentOn(new Placement(AlertRepeats.ORIGIN, START.toEpochMilli()));
        instance.endTurn();

        // then
        assertThat(instance.commands()).isEmpty();
        assertThat(log).as("what the gate says again alone").hasSize(1);
    }

    @Test
    @DisplayName("one that was sent on from another partition freezes all the same")
    void isHeardWhereItBelongs() {
        // when
        sentOn(new Placement(new Origin("rollout.metrics/3", 12, 0), START.toEpochMilli()));
        instance.endTurn();

        // then
        assertThat(instance.types()).containsExactly(CommandType.FREEZE);
    }

    @Test
    @DisplayName("B06 what ended while no gate ran is lifted however long ago it was, once all is read")
    void liftsWhatEndedLongAgo() {
        // given
        say("shop/checkout", "HighErrorRate", AlertState.FIRING);
        instance.say(alert("shop/checkout", "HighErrorRate", AlertState.RESOLVED, START.plusSeconds(1)));
        instance.tellRules();

        // when
        instance = new Instance(1, Bounds.DEFAULT);
        instance.read(placed, List.copyOf(log));
        passTenMinutes();
        instance.liftDue(Set.of(0));

        // then
        assertThat(instance.commands()).as("not all is read").isEmpty();

        // when
        instance.endTurn();

        // then
        assertThat(instance.types()).containsExactly(CommandType.UNFREEZE);
    }

    @Test
    @DisplayName("an end that was heard last lifts, under an id of its own, whatever later time an earlier one named")
    void goesByWhatWasHeardLast() {
        // given
        say("shop/checkout", "HighErrorRate", AlertState.FIRING, START);
        say("shop/checkout", "HighErrorRate", AlertState.RESOLVED, START.plusSeconds(4));

        // when
        say("shop/cart", "HighErrorRate", AlertState.FIRING, START.plusSeconds(1));
        say("shop/cart", "HighErrorRate", AlertState.RESOLVED, START.plusSeconds(2));

        // then
        assertThat(instance.types())
                .containsExactly(CommandType.FREEZE, CommandType.UNFREEZE, CommandType.FREEZE, CommandType.UNFREEZE);
        assertThat(instance.commands()).extracting(Command::id).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("B10 a gate without room for anything else still knows which alerts of a rule fire")
    void findsRoomForARulesAlerts() {
        // given
        instance = new Instance(0, WITHOUT_ROOM);
        say("shop/checkout", "HighErrorRate", AlertState.FIRING);
        say("shop/cart", "HighErrorRate", AlertState.FIRING);

        // when
        say("shop/checkout", "HighErrorRate", AlertState.RESOLVED);

        // then
        assertThat(instance.types()).containsOnly(CommandType.FREEZE);

        // when
        say("shop/cart", "HighErrorRate", AlertState.RESOLVED);

        // then
        assertThat(instance.types()).endsWith(CommandType.UNFREEZE);
    }

    @Test
    @DisplayName("that an alert fired is not believed of an older word of it, long after it was resolved")
    void remembersEndsBeyondTheWindows() {
        // given
        say("shop/checkout", "HighErrorRate", AlertState.FIRING);
        say("shop/checkout", "HighErrorRate", AlertState.RESOLVED);
        passTenMinutes();

        // when
        var fired = instance.rules
                .told(alert("shop/checkout", "HighErrorRate", AlertState.FIRING, START))
                .getFirst();
        assertThat(instance.outbound.alert(fired, new Placement(AlertRepeats.ORIGIN, START.toEpochMilli()), placed))
                .isDone();
        instance.endTurn();
        say("shop/cart", "HighErrorRate", AlertState.FIRING);
        say("shop/cart", "HighErrorRate", AlertState.RESOLVED);

        // then
        assertThat(instance.types()).endsWith(CommandType.FREEZE, CommandType.UNFREEZE);
    }

    @Test
    @DisplayName("an end is said by nobody who has lost the rule's partition")
    void leavesEndsToTheNextOwner() {
        // given
        say("shop/checkout", "HighErrorRate", AlertState.FIRING);
        instance.say(alert("shop/checkout", "HighErrorRate", AlertState.RESOLVED, START.plusSeconds(1)));
        instance.tellRules();

        // when
        instance.liftDue(Set.of());
        instance.liftDue(Set.of(0));

        // then
        assertThat(instance.types()).containsExactly(CommandType.FREEZE);
    }

    @Test
    @DisplayName("what others say to a rule, as the gate would, freezes and lifts nothing and is a dead letter")
    void isToldByTheGateAlone() {
        // given
        say("shop/checkout", "HighErrorRate", AlertState.FIRING);

        // when
        for (var state : AlertState.values()) {
            instance.say(MetricEvent.ofAlert("sluice.freezes", "outage", "HighErrorRate", state, START, Map.of()));
            instance.endTurn();
        }

        // then
        assertThat(instance.types()).containsExactly(CommandType.FREEZE);
        assertThat(instance.producer.history().stream()
                        .filter(sent -> sent.topic().equals(Topic.METRICS.deadLetters(PREFIX))))
                .hasSize(2)
                .allSatisfy(dead -> assertThat(new String(
                                dead.headers().lastHeader("sluice-error").value(), StandardCharsets.UTF_8))
                        .contains("the gate alone"));
    }

    private void say(String application, String name, AlertState state) {
        say(application, name, state, START.plusSeconds(said));
    }

    private void say(String application, String name, AlertState state, Instant at) {
        instance.say(alert(application, name, state, at));
        instance.endTurn();
    }

    private void passTenMinutes() {
        instance.gate.on(new SamplesArrived(0, List.of(), START.plusSeconds(600)));
    }

    private void sentOn(Placement from) {
        var fired = alert("shop/checkout", "HighErrorRate", AlertState.FIRING, START);
        assertThat(instance.outbound.alert(fired, from, placed)).isDone();
    }

    /** Another instance reads what there is. */
    private void takeOver(int handled) {
        instance = new Instance(handled, Bounds.DEFAULT);
        instance.read(placed, List.copyOf(log));
        instance.endTurn();
    }

    private static MetricEvent alert(String application, String name, AlertState state, Instant at) {
        return MetricEvent.ofAlert(application, "prod", name, state, at, Map.of());
    }

    private static ConsumerRecord<byte[], byte[]> record(
            TopicPartition partition, long offset, String application, String name) {
        return record(partition, offset, alert(application, name, AlertState.FIRING, START), new RecordHeaders());
    }

    private static ConsumerRecord<byte[], byte[]> record(
            TopicPartition partition, long offset, MetricEvent event, Headers headers) {
        var value = Json.mapper().valueToTree(event).toString().getBytes(StandardCharsets.UTF_8);
        return record(partition, offset, value, headers);
    }

    private static ConsumerRecord<byte[], byte[]> stored(
            TopicPartition partition, long offset, ProducerRecord<byte[], byte[]> sent) {
        return record(partition, offset, sent.value(), sent.headers());
    }

    private static ConsumerRecord<byte[], byte[]> record(
            TopicPartition partition, long offset, byte[] value, Headers headers) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                START.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                value.length,
                null,
                value,
                headers,
                Optional.empty());
    }

    private static Command command(byte[] value) {
        try {
            return Json.mapper().readValue(value, Command.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
