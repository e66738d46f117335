package dev.sluice.engine.shell;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.played.Wire;
import dev.sluice.sandbox.parts.DocumentedMetrics;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.PostgresTestResource;
import dev.sluice.schemas.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
class MetricsPageTest {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Inject
    Meters meters;

    private static String exported() {
        return given().get("/q/metrics").then().extract().asString();
    }

    @Test
    void whatThePageOfMetricsSaysIsExportedWithHelpAndNothingElse() {
        // when
        try (var wire = new Wire(bootstrapServers)) {
            wire.send(Topic.COMMANDS, "shop/measured", "no command");
        }

        // then
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            // a look every few seconds takes it back, for nobody holds anything
            meters.held(Map.of(new TopicPartition("rollout.commands", 0), "producer 7"));
            assertThat(DocumentedMetrics.read().differences("engine", exported()))
                    .isEmpty();
        });
        assertThat(exported())
                .containsPattern("sluice_dead_letters_total\\{reason=\"unreadable\",topic=\"commands\"} [1-9]")
                .contains("sluice_decisions_total{decision=\"Promoted\"} ");
    }
}
