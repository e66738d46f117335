package dev.sluice.gate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.Bus;
import dev.sluice.gate.format.Placement;
import dev.sluice.gate.format.foreign.ForeignReading;
import dev.sluice.gate.format.foreign.ForeignTopics;
import dev.sluice.gate.format.foreign.Formats;
import dev.sluice.gate.format.foreign.MetricFormat;
import dev.sluice.gate.format.foreign.SluiceJson;
import dev.sluice.schemas.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HandOverTest {
    private static final String EVENTS = "events";
    private static final String BROKEN = "broken";
    private static final String EVENT = """
            {"application":"shop/web","target":"prod","variant":"canary","metric":"requests","total":7}""";

    /** Breaks on whatever it reads. */
    private static final class Breaking implements MetricFormat {
        @Override
        public String name() {
            return BROKEN;
        }

        @Override
        public ForeignReading read(byte[] value, Headers headers) {
            throw new StringIndexOutOfBoundsException("a bug");
        }
    }

    private final MockProducer<byte[], byte[]> placed = producer();
    private final MockProducer<byte[], byte[]> dead = producer();
    private final HandOver handOver = new HandOver(
            new ForeignTopics(
                    Formats.config(Map.of(
                            "sluice.gate.formats.events.format", "sluice",
                            "sluice.gate.formats.broken.format", BROKEN,
                            "sluice.gate.formats.broken.mapping.preset", "otel",
                            "sluice.gate.formats.broken.mapping.target", "prod")),
                    List.of(new SluiceJson(), new Breaking())),
            Topic.DEFAULT_PREFIX,
            placed,
            new DeadLetterLane(dead, Topic.DEFAULT_PREFIX, new Meters(new SimpleMeterRegistry()), System::nanoTime),
            new Meters(new SimpleMeterRegistry()),
            Clock.systemUTC());

    @AfterEach
    void close() {
        handOver.close();
    }

    private static MockProducer<byte[], byte[]> producer() {
        var node = new Node(0, "localhost", 1);
        var partition = new PartitionInfo(
                Topic.METRICS_PLACED.name(Topic.DEFAULT_PREFIX), 0, node, new Node[] {node}, new Node[] {node});
        var cluster = new Cluster("cluster", List.of(node), List.of(partition), Set.of(), Set.of());
        return new MockProducer<>(
                cluster, true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, long offset) {
        return new ConsumerRecord<>(topic, 0, offset, null, Bus.utf8(EVENT));
    }

    @Test
    @DisplayName("B25 a record that breaks its format is a dead letter, and what follows it is handed over")
    void putsAsideWhatBreaksItsFormat() {
        // when
        var left = handOver.take(List.of(record(BROKEN, 0), record(EVENTS, 0)));

        // then
        assertThat(left).isEmpty();
        assertThat(placed.history()).hasSize(1);
        assertThat(dead.history()).hasSize(1);
        assertThat(new String(
                        dead.history()
                                .getFirst()
                                .headers()
                                .lastHeader("sluice-error")
                                .value(),
                        StandardCharsets.UTF_8))
                .contains("a bug");
    }

    @Test
    @DisplayName("B42 an event of a later version is no dead letter: it waits, and all behind it")
    void holdsWhatIsOfALaterVersion() {
        // given
        var later = record(EVENTS, 1);
        later.headers().add("ce_sluiceformat", Bus.utf8("2"));
        later.headers().add("ce_source", Bus.utf8("sluice/metrics-gate"));
        var last = record(EVENTS, 2);

        // when
        var left = handOver.take(List.of(record(EVENTS, 0), later, last));
        var again = handOver.take(left);

        // then
        assertThat(left).containsExactly(later, last);
        assertThat(again).containsExactly(later, last);
        assertThat(placed.history()).hasSize(1);
        assertThat(dead.history()).isEmpty();
    }

    @Test
    @DisplayName(
            "an alert to a rule is a dead letter: the gate alone tells its rules, and what is handed over looks like that")
    void handsOverNothingToRules() {
        // given
        var told = """
                {"application":"sluice.freezes","target":"outage","alert":"HighErrorRate","state":"resolved"}""";

        // when
        handOver.take(List.of(new ConsumerRecord<>(EVENTS, 0, 0, null, Bus.utf8(told))));

        // then
        assertThat(placed.history()).isEmpty();
        assertThat(dead.history()).hasSize(1);
    }

    @Test
    void passesOnWhichCounterATotalIsOf() {
        // given
        var record = record(EVENTS, 0);
        record.headers().add(Placement.COUNTER, new byte[] {'G', 'E', 'T', (byte) 0xFF});

        // when
        handOver.take(List.of(record));

        // then
        assertThat(placed.history()
                        .getFirst()
                        .headers()
                        .lastHeader(Placement.COUNTER)
                        .value())
                .containsExactly('G', 'E', 'T', 0xFF);
    }
}
