package dev.sluice.dashboard;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.sluice.sandbox.parts.KafkaTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The links of the configuration, as the page gets them to fill in. */
@QuarkusTest
@TestProfile(LinksTest.Configured.class)
@QuarkusTestResource(value = KafkaTestResource.class, restrictToAnnotatedClass = true)
class LinksTest {
    public static final class Configured implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "sluice.dashboard.links.\"Ticket of it\".url", "https://tickets.example/browse/{label.ticket}",
                    "sluice.dashboard.links.Grafana.url", "https://grafana.example/d/canary?var-app={application}");
        }
    }

    @Test
    void areToldByName() {
        given().get("/api/links")
                .then()
                .statusCode(200)
                .body("name", contains("Grafana", "Ticket of it"))
                .body("[0].url", equalTo("https://grafana.example/d/canary?var-app={application}"));
    }
}
