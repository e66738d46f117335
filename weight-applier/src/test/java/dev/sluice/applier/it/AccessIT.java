package dev.sluice.applier.it;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import dev.sluice.sandbox.parts.KafkaTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The applier as nobody has configured it: it takes orders from Kafka, and by HTTP tells nobody but how it is. */
@QuarkusTest
@QuarkusTestResource(value = KafkaTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = ClusterResource.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "choice", value = "mock"))
@TestProfile(AccessIT.On.class)
class AccessIT {
    public static final class On implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("sluice.access.mode", "on");
        }
    }

    @Test
    void everyEntranceIsClosedToWhoShowsNoToken() {
        for (var path : List.of("/", "/q/metrics", "/q/metrics/", "/q//metrics", "/q/health/../metrics", "/api/me")) {
            given().urlEncodingEnabled(false)
                    .get(path)
                    .then()
                    .statusCode(401)
                    .body("error", containsString("Nobody can prove"));
        }
        given().get("/q/health/live").then().statusCode(200);
    }
}
