package dev.sluice.schemas.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Examples;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.WeightOrder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageWriterTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String ORIGIN = "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01";

    private final MessageReader reader = new MessageReader();
    private final MessageWriter writer = new MessageWriter("sluice/rollout-engine", "eu.rollout.");

    @Test
    void writesCloudEventsInBinaryMode() {
        // when
        var record = writer.write(
                MessageType.STATUS,
                example(MessageType.STATUS),
                "7f1c/prod/42",
                NOON,
                new Lineage("e-1", TRACE, ORIGIN));

        // then
        assertThat(record.topic()).isEqualTo("eu.rollout.status");
        assertThat(record.partition()).isNull();
        assertThat(texts(record.headers()))
                .containsExactly(
                        Map.entry("ce_specversion", "1.0"),
                        Map.entry("ce_id", "7f1c/prod/42"),
                        Map.entry("ce_type", "dev.sluice.status.v1"),
                        Map.entry("ce_source", "sluice/rollout-engine"),
                        Map.entry("ce_subject", "shop/checkout/prod"),
                        Map.entry("ce_time", "2026-11-20T12:00:00Z"),
                        Map.entry("content-type", "application/json"),
                        Map.entry("ce_sluiceformat", "1"),
                        Map.entry(
                                "ce_correlationid", example(MessageType.STATUS).rollout()),
                        Map.entry("ce_causationid", "e-1"),
                        Map.entry("ce_traceparent", ORIGIN),
                        Map.entry("traceparent", TRACE));
    }

    @Test
    void whatItWritesIsReadWithItsAttributes() {
        // given
        var order = example(MessageType.WEIGHT_ORDER);

        // when
        var record = writer.write(MessageType.WEIGHT_ORDER, order, "o1", NOON);

        // then
        assertThat(reader.read(MessageType.WEIGHT_ORDER, record.value(), record.headers()))
                .isEqualTo(new Reading.Message<>(
                        order,
                        new Attributes(
                                "o1",
                                "sluice/rollout-engine",
                                "dev.sluice.weight-order.v1",
                                "prod-us/shop/trafficsplits.split.smi-spec.io/checkout",
                                NOON,
                                null,
                                null,
                                1)));
    }

    @Test
    void aCheckNeverTakesTheKeyOfItsRoutesOrder() {
        // given
        var check = Examples.valid("weight-order").stream()
                .map(each -> Readings.message(reader.read(MessageType.WEIGHT_ORDER, each.utf8(), null)))
                .filter(each -> each.check() && !each.observe())
                .findFirst()
                .orElseThrow();
        var order = check.toCarryOut(check.generation());

        // then
        assertThat(Keys.of(MessageType.WEIGHT_ORDER, order)).asString(UTF_8).isEqualTo(order.route());
        assertThat(Keys.of(MessageType.WEIGHT_ORDER, check)).asString(UTF_8).isEqualTo("check:" + order.route());
        assertThat(order.check()).isFalse();
    }

    @Test
    @DisplayName(
            "B42: a version that doesn't know what observing is leaves such an order alone, and would take it for a"
                    + " check")
    void whatObservesIsNoOrderToAnyVersion() {
        // given
        var order = observing();
        var record = writer.write(MessageType.WEIGHT_ORDER, order, "o1", NOON);
        var versionBefore = new MessageReader(type -> 1);

        // then
        assertThat(versionBefore.read(MessageType.WEIGHT_ORDER, record.value(), record.headers()))
                .isInstanceOf(Reading.Newer.class);
        assertThat(Readings.message(reader.read(MessageType.WEIGHT_ORDER, record.value(), record.headers())))
                .isEqualTo(order);
        assertThat(order.check()).isTrue();
        assertThat(order.weight()).isNull();
        assertThat(record.key()).asString(UTF_8).isEqualTo("observe:" + order.application() + ":" + order.route());
        assertThat(Keys.isObserved(order.route())).isFalse();
    }

    private WeightOrder observing() {
        return Examples.valid("weight-order").stream()
                .map(each -> Readings.message(reader.read(MessageType.WEIGHT_ORDER, each.utf8(), null)))
                .filter(WeightOrder::observe)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "command, shop/checkout",
        "metric-event, shop/checkout/prod",
        "analysis-set, shop/checkout/prod",
        "verdict, shop/checkout",
        "weight-order, prod-us/shop/trafficsplits.split.smi-spec.io/checkout",
        "weight-report, shop/checkout",
        "status, shop/checkout/prod",
        "audit, shop/checkout"
    })
    void keysEveryMessageAsItsTopicAsks(String schema, String key) {
        // given
        var type = MessageType.ALL.stream()
                .filter(each -> each.schema().equals(schema))
                .findFirst()
                .orElseThrow();

        // then
        assertThat(new String(keyOfExample(type), UTF_8)).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "shop/checkout", "shop/checkout/prod", "a", "zürich"})
    void knowsThePartitionThatJavasProducerWouldChoose(String key) {
        for (int partitions : new int[] {1, 3, 12, 100}) {
            assertThat(Keys.partition(key, partitions))
                    .isEqualTo(BuiltInPartitioner.partitionForKey(key.getBytes(UTF_8), partitions));
        }
    }

    @Test
    void deadLettersKeepTheRecordAndSayWhatWasWrong() {
        // given
        var dead = new ConsumerRecord<>("eu.rollout.commands", 3, 4711L, bytes("key"), bytes("{"));
        dead.headers().add("ce_id", bytes("e1"));

        // when
        var letter = DeadLetters.of(Topic.COMMANDS, "eu.rollout.", dead, "not JSON", NOON);

        // then
        assertThat(letter.topic()).isEqualTo("eu.rollout.commands.dlq");
        assertThat(letter.key()).isEqualTo(dead.key());
        assertThat(letter.value()).isEqualTo(dead.value());
        assertThat(texts(letter.headers()))
                .containsExactly(
                        Map.entry("ce_id", "e1"),
                        Map.entry("sluice-error", "not JSON"),
                        Map.entry("sluice-source", "eu.rollout.commands/3/4711"),
                        Map.entry("sluice-time", "2026-11-20T12:00:00Z"));
        assertThat(dead.headers().toArray()).hasSize(1);
    }

    private <T> byte[] keyOfExample(MessageType<T> type) {
        return Keys.of(type, example(type));
    }

    private <T> T example(MessageType<T> type) {
        var first = Examples.valid(type.schema()).getFirst();
        return Readings.message(reader.read(type, first.utf8(), null));
    }

    private static Map<String, String> texts(Headers headers) {
        var texts = new LinkedHashMap<String, String>();
        headers.forEach(header -> texts.put(header.key(), new String(header.value(), UTF_8)));
        return texts;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
