package dev.sluice.engine.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.sluice.engine.played.Files;
import dev.sluice.sandbox.parts.FreePort;
import dev.sluice.sandbox.parts.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No broker is there. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@TestProfile(PlanWithoutBrokerTest.NoBroker.class)
class PlanWithoutBrokerTest {
    private static final String FILE = Files.file("shop/unasked", "{\"setWeight\":{\"weight\":25}}");

    public static class NoBroker implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("kafka.bootstrap.servers", "localhost:" + FreePort.any());
        }
    }

    @Test
    void saysThatNobodyCanBeAskedAndPlansAllTheSame() {
        given().body(FILE)
                .post("/api/plan?cluster=true")
                .then()
                .statusCode(503)
                .body("error", containsString("Kafka is not available"))
                .body("todo", containsString("without ?cluster=true"));
        given().body(FILE).post("/api/plan").then().statusCode(200).body("now[0].decision", equalTo("Started"));
    }
}
