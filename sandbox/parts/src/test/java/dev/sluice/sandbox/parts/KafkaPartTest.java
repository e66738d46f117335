package dev.sluice.sandbox.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.schemas.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaPartTest {
    private static final String COMMANDS = Topic.COMMANDS.name("t.");

    @TempDir
    private static Path folder;

    private static KafkaPart kafka;

    @BeforeAll
    static void start() {
        kafka = KafkaPart.start(FreePort.any(), folder.resolve("kafka"));
        SluiceTopics.create(kafka.bootstrapServers(), "t.");
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void createsEveryTopicWithItsDeadLetters() throws Exception {
        // given
        try (var admin = Admin.create(client())) {
            // when
            SluiceTopics.create(kafka.bootstrapServers(), "t.");
            // then
            var names = admin.listTopics().names().get();
            for (var topic : Topic.values()) {
                assertThat(names).contains(topic.name("t."));
                assertThat(names.contains(topic.deadLetters("t.")))
                        .as("dead letters of %s", topic)
                        .isEqualTo(topic.hasDeadLetters());
            }
            assertThat(admin.describeTopics(List.of(COMMANDS))
                            .allTopicNames()
                            .get()
                            .get(COMMANDS)
                            .partitions())
                    .hasSize(SluiceTopics.PARTITIONS);
        }
    }

    @Test
    void setsTheTopicsAsTheSchemasSay() throws Exception {
        // given
        var metrics = new ConfigResource(ConfigResource.Type.TOPIC, Topic.METRICS.name("t."));
        try (var admin = Admin.create(client())) {
            // when
            var settings = admin.describeConfigs(List.of(metrics)).all().get().get(metrics);
            // then
            assertThat(settings.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
        }
    }

    @Test
    void createsNoTopicByAccident() {
        // given
        var settings = Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers(), "max.block.ms", "1000");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            // when
            var sent = producer.send(new ProducerRecord<>("nobody.made.this", "x"));
            // then
            assertThatThrownBy(sent::get).isInstanceOf(ExecutionException.class);
        }
    }

    @Test
    void keepsItsRecordsAndItsAddressOverARestart() throws Exception {
        // given
        var before = kafka.bootstrapServers();
        send("kept");
        // when
        kafka.pause();
        kafka.resume();
        // then
        assertThat(kafka.bootstrapServers()).isEqualTo(before);
        assertThat(firstOf(COMMANDS)).isEqualTo("kept");
    }

    @Test
    void refusesARecordAboveTheTopicsLimit() {
        // given
        var tooLarge = "x".repeat(2 * Topic.COMMANDS.maxBytes());
        // when / then
        assertThatThrownBy(() -> send(tooLarge)).hasCauseInstanceOf(RecordTooLargeException.class);
    }

    private static Map<String, Object> client() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.request.size", 16 << 20);
    }

    private static void send(String value) throws Exception {
        try (var producer = new KafkaProducer<>(client(), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(COMMANDS, 0, "key", value)).get();
        }
    }

    private static String firstOf(String topic) {
        try (var consumer = new KafkaConsumer<>(client(), new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return consumer.poll(Duration.ofSeconds(10)).iterator().next().value();
        }
    }
}
