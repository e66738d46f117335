package dev.sluice.engine.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sandbox.parts.KafkaPart;
import dev.sluice.sandbox.parts.SluiceTopics;
import dev.sluice.schemas.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OpenTransactionsTest {
    private static final String TOPIC = Topic.COMMANDS.name(Topic.DEFAULT_PREFIX);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static KafkaPart kafka;

    private final List<String> taken = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void startKafka() {
        kafka = KafkaPart.start();
        SluiceTopics.create(kafka.bootstrapServers(), Topic.DEFAULT_PREFIX);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @Test
    @DisplayName("B44: what could not be taken is handed over again, and what comes later still once")
    void handsOverAgainWhatWasNotTaken() throws Exception {
        var held = new TopicPartition(TOPIC, 0);
        var failures = new AtomicInteger(2);
        try (var stranger = producer(Map.of("transactional.id", "a-stranger"));
                var sender = producer(Map.of());
                var transactions = open(held, records -> {
                    if (failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("the database is away");
                    }
                    records.forEach(record -> taken.add(new String(record.value(), UTF_8)));
                })) {
            // given
            stranger.initTransactions();
            stranger.beginTransaction();
            stranger.send(record(held, "stranger")).get();
            sender.send(record(held, "abort-1")).get();

            // when
            transactions.start();
            awaitTaken("abort-1");
            sender.send(record(held, "abort-2")).get();

            // then
            awaitTaken("abort-2");
            assertThat(failures).hasValueLessThan(0);
            assertThat(taken).containsOnlyOnce("abort-1", "abort-2");
            assertThat(transactions.holders()).containsOnlyKeys(held);
            assertThat(transactions.holders().get(held)).contains("a-stranger");

            // when
            stranger.abortTransaction();

            // then
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> transactions.holders().isEmpty());
        }
    }

    private void awaitTaken(String value) {
        Awaitility.await(value).atMost(PATIENCE).until(() -> taken.contains(value));
    }

    private static OpenTransactions open(
            TopicPartition partition, Consumer<List<ConsumerRecord<byte[], byte[]>>> ahead) {
        return new OpenTransactions(
                Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers())),
                () -> Map.of("bootstrap.servers", kafka.bootstrapServers()),
                () -> Set.of(partition),
                ahead);
    }

    private static ProducerRecord<byte[], byte[]> record(TopicPartition partition, String value) {
        return new ProducerRecord<>(partition.topic(), partition.partition(), null, value.getBytes(UTF_8));
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        var settings = new java.util.HashMap<>(more);
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
