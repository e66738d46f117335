package dev.sluice.engine;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import dev.sluice.engine.played.Files;
import dev.sluice.engine.played.World;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.PostgresTestResource;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Phase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
class OpenTransactionTest {
    private static final String TOPIC = Topic.COMMANDS.name(Topic.DEFAULT_PREFIX);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    @DisplayName(
            "B44: an abort behind a stranger's open transaction is acted on while it is open, once, and who holds it is told")
    void anAbortWaitsForNobodysTransaction() throws Exception {
        var application = "shop/behind";
        try (var world = new World(bootstrapServers);
                var stranger = stranger()) {
            // given
            var steps = "{\"setWeight\":{\"weight\":25}},{\"pause\":{\"untilApproved\":true}}";
            world.wire.send(
                    Topic.COMMANDS,
                    0,
                    application,
                    Files.start(application, "behind-1", Files.file(application, steps)));
            world.awaitPhase(application, Phase.AWAITING_APPROVAL);
            stranger.initTransactions();
            stranger.beginTransaction();
            stranger.send(new ProducerRecord<>(
                            TOPIC,
                            0,
                            null,
                            Files.command("shop/else", "else-1", "pause").getBytes(UTF_8)))
                    .get();

            // when
            world.wire.send(Topic.COMMANDS, 0, application, Files.command(application, "behind-2", "approve"));
            world.wire.send(Topic.COMMANDS, 0, application, Files.command(application, "behind-3", "abort"));

            // then
            world.awaitPhase(application, Phase.ROLLED_BACK);
            given().get("/q/health/ready").then().body(containsString("transactional id a-stranger"));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> given().get("/q/metrics")
                            .then()
                            .body(containsString("sluice_commands_held{"))
                            .body(containsString("a-stranger")));

            // when
            stranger.abortTransaction();
            world.wire.send(Topic.COMMANDS, 0, application, Files.command(application, "behind-4", "abort"));

            // then
            await().atMost(Duration.ofSeconds(60)).until(() -> audits(world, application, "behind-4") > 0);
            assertThat(audits(world, application, "behind-2")).isEqualTo(1);
            var aborts = world.wire.values(Topic.AUDIT, application, Audit.class).stream()
                    .filter(audit -> audit.decision().equals("RollbackBegan"))
                    .count();
            assertThat(aborts).isEqualTo(1);
        }
    }

    private static long audits(World world, String application, String command) {
        return world.wire.values(Topic.AUDIT, application).stream()
                .filter(audit -> command.equals(audit.path("event").path("id").asText()))
                .count();
    }

    private KafkaProducer<byte[], byte[]> stranger() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "transactional.id", "a-stranger"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
