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
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
