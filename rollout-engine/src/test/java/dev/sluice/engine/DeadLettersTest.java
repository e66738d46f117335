package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.played.Files;
import dev.sluice.engine.played.Wire;
import dev.sluice.engine.played.World;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.PostgresTestResource;
import dev.sluice.schemas.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** B25: what nobody can read goes to the dead letters with the reason, and the next message is handled. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
class DeadLettersTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private World world;

    @BeforeEach
    void open() {
        world = new World(bootstrapServers);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Topic.class,
            names = {"COMMANDS", "VERDICTS", "WEIGHT_REPORTS"})
    void malformedAndOversizedRecordsGoThereWithTheReason(Topic topic) {
        // given
        var malformed = "{\"never\":\"closed " + topic;
        var oversized = "{\"pad\":\"%s\"}".formatted("x".repeat(topic.maxBytes()));
        // when
        world.wire.send(topic, 0, "k", malformed);
        world.wire.send(topic, 0, "k", oversized);
        // then
        var dead =
                await().atMost(LONGEST).until(() -> letters(topic, malformed, oversized), found -> found.size() == 2);
        assertThat(dead).allSatisfy(letter -> {
            assertThat(Wire.header(letter, "sluice-error")).isNotBlank();
            assertThat(Wire.header(letter, "sluice-source")).startsWith(topic.name(Topic.DEFAULT_PREFIX) + "/0/");
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Topic.class,
            names = {"COMMANDS", "VERDICTS", "WEIGHT_REPORTS"})
    void aSchemaRegistrysIdsAreKeptByteByByte(Topic topic) {
        // given
        byte[] id = {1, -128, -1, 0, 7, -61, 40, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        byte[] avro = {0, 0, 0, 0, 42, 16, -3};
        var record = new ProducerRecord<byte[], byte[]>(topic.name(Topic.DEFAULT_PREFIX), 0, null, avro);
        record.headers().add("__value_schema_id", id).add("__key_schema_id", id);
        // when
        world.wire.send(record);
        // then
        var letter = await().atMost(LONGEST)
                .until(
                        () -> world.wire.deadLetters(topic).stream()
                                .filter(each -> Arrays.equals(each.value(), avro))
                                .findFirst()
                                .orElse(null),
                        Objects::nonNull);
        assertThat(letter.headers().lastHeader("__value_schema_id").value()).isEqualTo(id);
        assertThat(letter.headers().lastHeader("__key_schema_id").value()).isEqualTo(id);
        assertThat(Wire.header(letter, "sluice-error"))
                .contains("the schema's id 42")
                .contains("value.serializer");
    }

    @Test
    void aSchemaRegistrysHeadersDontMatterToWhatCanBeRead() {
        // given
        var application = "shop/registered";
        var command = Files.command(application, "registered-1", "pause").getBytes(StandardCharsets.UTF_8);
        var record = new ProducerRecord<byte[], byte[]>(Topic.COMMANDS.name(Topic.DEFAULT_PREFIX), 1, null, command);
        record.headers().add("__value_schema_id", new byte[] {1, -1, 0, 3});
        // when
        world.wire.send(record);
        // then
        assertThat(world.awaitDecisions(application, "registered-1")).containsExactly("Rejected");
    }

    @Test
    void theNextMessageIsHandled() {
        // given
        var application = "shop/next";
        // when
        world.wire.send(Topic.COMMANDS, 2, "k", "nonsense");
        world.wire.send(Topic.COMMANDS, 2, "k", Files.command(application, "next-1", "pause"));
        // then
        assertThat(world.awaitDecisions(application, "next-1")).containsExactly("Rejected");
    }

    @Test
    void aRecordThatCannotBeStoredIsPassedByAlone() {
        // given
        var application = "shop/unstorable";
        var unstorable = """
                {"id":"bad-1","type":"pause","application":"%s","reason":"a \\u0000 that PostgreSQL can't keep"}
                """.formatted(application);
        // when
        world.wire.send(Topic.COMMANDS, 2, "k", unstorable);
        world.wire.send(Topic.COMMANDS, 2, "k", Files.command(application, "good-1", "pause"));
        // then
        assertThat(world.awaitDecisions(application, "good-1")).containsExactly("Rejected");
        var dead = letters(Topic.COMMANDS, unstorable);
        assertThat(dead).hasSize(1);
        assertThat(world.decisions(application, "bad-1")).isEmpty();
    }

    private List<ConsumerRecord<byte[], byte[]>> letters(Topic topic, String... values) {
        return world.wire.deadLetters(topic).stream()
                .filter(letter -> List.of(values).contains(new String(letter.value(), StandardCharsets.UTF_8)))
                .toList();
    }
}
