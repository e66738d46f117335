package dev.sluice.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** As a service is that nobody has configured. */
@QuarkusTest
class ClosedTest {
    @Test
    void withoutConfigurationNobodyIsLetInAndItSaysWhatToDo() {
        given().get("/api/who/x")
                .then()
                .statusCode(401)
                .body("error", containsString("Nobody can prove"))
                .body("todo", containsString("sluice.access.tokens"));
        given().header("Authorization", "Bearer " + ProviderResource.TOKEN)
                .get("/api/who/x")
                .then()
                .statusCode(401);
        given().header("Authorization", "Bearer a.b.c").get("/api/who/x").then().statusCode(401);
    }
}
