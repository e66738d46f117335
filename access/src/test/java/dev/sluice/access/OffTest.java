package dev.sluice.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** As the sandbox is: nobody has to prove anything, and yet a browser's pages are not everybody. */
@QuarkusTest
@TestProfile(OffTest.Off.class)
class OffTest {
    public static final class Off implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("sluice.access.mode", "off");
        }
    }

    @Test
    void everybodyIsLetIn() {
        given().get("/api/who/x").then().statusCode(200);
        given().post("/api/who/x").then().statusCode(200);
    }

    @Test
    void aPageOfThisMachineMaySend() {
        var own = "localhost:" + RestAssured.port;
        given().header("Host", own)
                .header("Origin", "http://" + own)
                .post("/api/who/x")
                .then()
                .statusCode(200);
    }

    @Test
    void aNameThatSomebodyHasLedHereMayNot() {
        var led = "evil.example.com:" + RestAssured.port;
        given().header("Host", led)
                .header("Origin", "http://" + led)
                .post("/api/who/x")
                .then()
                .statusCode(403)
                .body("error", containsString("another site"));
    }
}
