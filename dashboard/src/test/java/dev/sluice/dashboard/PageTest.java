package dev.sluice.dashboard;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.sandbox.parts.KafkaTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the page is served. What is on it is tested in a browser. */
@QuarkusTest
@QuarkusTestResource(value = KafkaTestResource.class, restrictToAnnotatedClass = true)
class PageTest {
    private static final Pattern SCRIPT = Pattern.compile("/assets/main-[^\"]+\\.js");

    @BeforeEach
    void needsThePage() {
        assumeTrue(
                PageTest.class.getResource("/META-INF/resources/index.html") != null,
                "the page was left out (-Dsluice.page=skip)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/index.html",
                "/rollouts",
                "/rollouts/shop/checkout.eu/prod",
                "/applications/shop/checkout",
                "/freezes",
                "/fleet"
            })
    void isOnePageAtEachOfItsPlaces(String place) {
        given().get(place)
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header("Cache-Control", equalTo("no-cache"))
                .header("Content-Security-Policy", containsString("script-src 'self';"))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .body(containsString("<script type=\"module\""));
    }

    @Test
    void letsBrowsersKeepWhatCarriesItsHashInItsName() {
        // given
        var script = SCRIPT.matcher(given().get("/").asString());
        script.find();
        // when / then
        given().get(script.group())
                .then()
                .statusCode(200)
                .header("Cache-Control", equalTo("public, max-age=31536000, immutable"));
    }

    @Test
    void keepsNothingOfWhatChanges() {
        given().get("/api/fleet").then().statusCode(200).header("Cache-Control", equalTo("no-store"));
    }

    @Test
    void findsNothingElsewhere() {
        given().get("/nowhere").then().statusCode(404);
        given().get("/assets/nothing.js").then().statusCode(404);
    }
}
