package dev.sluice.engine.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import dev.sluice.engine.played.Files;
import dev.sluice.engine.played.Wire;
import dev.sluice.sandbox.parts.FreePort;
import dev.sluice.sandbox.parts.KafkaPart;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.PostgresTestResource;
import dev.sluice.sandbox.parts.SluiceTopics;
import dev.sluice.schemas.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The channel of commands leads to a broker of its own here, which isn't there at first. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@TestProfile(WithoutBrokerTest.AnotherBroker.class)
class WithoutBrokerTest {
    private static final String BROKER = "mp.messaging.outgoing.commands.bootstrap.servers";
    private static final String APPLICATION = "shop/unsent";
    private static final int AT_ONCE = 20;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    public static class AnotherBroker implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(BROKER, "localhost:" + FreePort.any());
        }
    }

    @ConfigProperty(name = BROKER)
    String bootstrapServers;

    @Test
    void commandsThatNoBrokerTakesAreRefusedAndFewOfThemAreSentOnceThereIsOne(@TempDir Path logs) throws Exception {
        // when
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var refused = IntStream.range(0, AT_ONCE)
                    .mapToObj(i -> callers.submit(() -> post("unsent-" + i)))
                    .toList();

            // then
            for (var one : refused) {
                one.get().statusCode(503).body("error", containsString("Kafka")).body("todo", containsString("again"));
            }
        }
        given().get("/q/health").then().statusCode(200);

        // when
        var port = Integer.parseInt(bootstrapServers.substring(bootstrapServers.indexOf(':') + 1));
        try (var broker = KafkaPart.start(port, logs)) {
            SluiceTopics.create(broker.bootstrapServers(), Topic.DEFAULT_PREFIX);
            await().atMost(LONGEST).until(() -> post("sent").extract().statusCode() == 202);

            // then
            try (var wire = new Wire(broker.bootstrapServers())) {
                var sent = wire.values(Topic.COMMANDS, APPLICATION).stream()
                        .map(command -> command.path("id").asText())
                        .toList();
                assertThat(sent).contains("sent");
                assertThat(sent).filteredOn(id -> id.startsWith("unsent")).hasSizeLessThan(AT_ONCE / 2 + 1);
            }
        }
    }

    private static ValidatableResponse post(String id) {
        return given().body(Files.command(APPLICATION, id, "abort"))
                .contentType(ContentType.JSON)
                .post("/api/commands")
                .then();
    }
}
