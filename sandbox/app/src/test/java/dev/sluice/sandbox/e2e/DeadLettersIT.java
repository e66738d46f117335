package dev.sluice.sandbox.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("B25: what nobody can read ends among the dead letters with the reason, and the next message is handled")
class DeadLettersIT {
    private static final String KEY = "nobody/knows";

    @ParameterizedTest
    @EnumSource(
            value = Topic.class,
            names = {"COMMANDS", "METRICS", "METRICS_PLACED", "ANALYSES", "VERDICTS", "WEIGHTS", "WEIGHT_REPORTS"})
    void malformedAndOversizedMessagesAreSetAside(Topic topic) {
        var name = "after-" + topic.word().toLowerCase(Locale.ROOT);
        try (var trial = new Trial(name);
                var consumer = consumer(topic)) {
            // given
            var malformed = "{\"application\": ".getBytes(UTF_8);
            var oversized = ("{\"application\": \"" + "x".repeat(topic.maxBytes()) + "\"}").getBytes(UTF_8);
            // when
            trial.publish(topic, KEY, malformed);
            trial.publish(topic, KEY, oversized);
            // then
            var dead = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(dead::add);
                assertThat(dead).hasSize(2);
            });
            assertThat(dead).extracting(record -> record.value().length).contains(malformed.length, oversized.length);
            assertThat(dead).allSatisfy(record -> {
                assertThat(header(record, "sluice-error")).isNotBlank();
                assertThat(header(record, "sluice-source")).startsWith(topic.name(Topic.DEFAULT_PREFIX) + "/");
                assertThat(header(record, "sluice-time")).isNotBlank();
            });
            assertThatARolloutStillRuns(trial);
        }
    }

    private static void assertThatARolloutStillRuns(Trial trial) {
        trial.traffic().of("stable", 0);
        trial.traffic().of("canary", 0);
        var rollout = trial.start("1.1.0");
        trial.awaitPhase(rollout, Phase.AWAITING_APPROVAL);
        trial.approve();
        trial.awaitPhase(rollout, Phase.PROMOTED);
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Topic topic) {
        var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers",
                        World.running().platform().kafka().bootstrapServers(),
                        "isolation.level",
                        "read_committed",
                        "max.partition.fetch.bytes",
                        8 << 20),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(topic.deadLetters(Topic.DEFAULT_PREFIX)).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(List.copyOf(partitions));
        partitions.forEach(consumer::position);
        return consumer;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }
}
