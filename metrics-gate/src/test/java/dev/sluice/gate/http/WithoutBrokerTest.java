package dev.sluice.gate.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.sluice.gate.format.foreign.OtlpTest.Service;
import dev.sluice.sandbox.parts.KafkaTestResource;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WithoutBrokerTest.Configured.class)
@QuarkusTestResource(KafkaTestResource.class)
class WithoutBrokerTest {
    public static final class Configured implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "mp.messaging.outgoing.metrics.bootstrap.servers", "localhost:1",
                    "sluice.gate.ways-in.otlp.preset", "otel",
                    "sluice.gate.ways-in.otlp.target", "prod");
        }
    }

    @Test
    @DisplayName("What Kafka doesn't take is refused for now, and a way in without a mapping is closed")
    void asksToComeAgain() {
        var service = new Service(AggregationTemporality.DELTA, "shop", "1.4.2", "pod-7");
        service.requests(200, 4);

        given().contentType("application/json")
                .body(service.json())
                .post("/v1/metrics")
                .then()
                .statusCode(503)
                .header("Retry-After", "1")
                .body("code", equalTo(14));
        given().contentType("application/json")
                .body("{}")
                .post("/api/v1/write")
                .then()
                .statusCode(404);
    }
}
