package dev.sluice.gate.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import dev.sluice.gate.alert.Webhooks;
import dev.sluice.sandbox.parts.FreePort;
import dev.sluice.sandbox.parts.KafkaTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The channel of what comes in by HTTP leads to a broker that isn't there. */
@QuarkusTest
@TestProfile(AlertsWithoutBrokerTest.AnotherBroker.class)
@QuarkusTestResource(KafkaTestResource.class)
class AlertsWithoutBrokerTest {
    public static final class AnotherBroker implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "mp.messaging.outgoing.metrics.bootstrap.servers", "localhost:" + FreePort.any(),
                    "sluice.gate.alerts.alertmanager.application", "{namespace}/{service}",
                    "sluice.gate.alerts.alertmanager.target", "prod");
        }
    }

    @Test
    void asksForAnAlertAgainThatNoBrokerHas() {
        given().body(Webhooks.alertmanager("firing", "checkout", Instant.now(), null))
                .post("/api/alerts/alertmanager")
                .then()
                .statusCode(503)
                .header("Retry-After", "1")
                .body("error", containsString("Kafka"));
    }

    @Test
    void saysThatAMonitorIsNotConfigured() {
        given().body("{}")
                .post("/api/alerts/datadog")
                .then()
                .statusCode(404)
                .body("error", containsString("sluice.gate.alerts.datadog is not configured"));
    }
}
