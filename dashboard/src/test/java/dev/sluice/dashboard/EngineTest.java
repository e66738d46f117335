package dev.sluice.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.sluice.sandbox.parts.KafkaTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is passed on to the engine, and what isn't. */
@QuarkusTest
@QuarkusTestResource(value = KafkaTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = EngineStub.class, restrictToAnnotatedClass = true)
class EngineTest {
    @TestHTTPResource("/api/stream")
    URL stream;

    @BeforeEach
    void forget() {
        EngineStub.ASKED.clear();
    }

    @Test
    void passesOnACommandInItsSendersNameAndNothingElseOfTheRequest() {
        // when
        given().contentType("application/json")
                .header("Authorization", "Bearer t1")
                .header("Cookie", "session=1")
                .header("X-Forwarded-User", "root")
                .body("{\"type\":\"abort\"}")
                .post("/api/commands")
                .then()
                .statusCode(202)
                .body("id", equalTo("c1"));
        // then
        var asked = EngineStub.ASKED.getFirst();
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.body()).isEqualTo("{\"type\":\"abort\"}");
        assertThat(asked.headers())
                .containsEntry("Authorization", "Bearer t1")
                .doesNotContainKeys("Cookie", "X-Forwarded-User");
    }

    @Test
    void passesBackWhateverTheEngineSays() {
        given().urlEncodingEnabled(false)
                .get("/api/rollouts/shop/secret?fields=all")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .header("Set-Cookie", nullValue())
                .body("error", equalTo("No valid token"));
        given().get("/api/decisions/shop/checkout?before=17&limit=200").then().statusCode(404);
        assertThat(EngineStub.ASKED)
                .extracting(EngineStub.Asked::uri)
                .containsExactly(
                        "/api/rollouts/shop/secret?fields=all", "/api/decisions/shop/checkout?before=17&limit=200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/webhooks/t1",
                "/api/decisions/..%2F..%2Fq/metrics",
                "/api/decisions/shop/%2e%2e/%2e%2e/webhooks",
                "/api/history/shop/checkout%3Flimit=1",
                "/api/commandsx"
            })
    void passesOnNothingElse(String path) {
        given().urlEncodingEnabled(false).get(path).then().statusCode(org.hamcrest.Matchers.oneOf(400, 404));
        assertThat(EngineStub.ASKED).isEmpty();
    }

    /** A form of another site can send these, with the cookies or the network of whoever looks at it. */
    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded"})
    void takesNothingThatAFormOfAnotherSiteCouldSend(String type) {
        given().contentType(type).body("{}").post("/api/commands").then().statusCode(415);
        assertThat(EngineStub.ASKED).isEmpty();
    }

    @Test
    void passesOnNothingThatIsTooLong() {
        given().contentType("application/json")
                .body(" ".repeat((1 << 20) + 1))
                .post("/api/validate")
                .then()
                .statusCode(413)
                .body("todo", containsString("1048576"));
        assertThat(EngineStub.ASKED).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"silent", "endless"})
    void saysThatTheEngineDoesNotAnswer(String application) {
        given().get("/api/history/shop/" + application)
                .then()
                .statusCode(502)
                .body("error", containsString("The rollout-engine at http://localhost:"))
                .body("todo", containsString("sluice.dashboard.engine.url"));
    }

    @Test
    void beginsAStreamWithWhatTheEngineSaysIsFrozen() throws IOException, InterruptedException {
        try (var events = Events.of(stream.toString())) {
            var freezes = events.await("snapshot").data().path("freezes");
            assertThat(freezes.path(0).path("actor").asText()).isEqualTo("alice");
        }
    }
}
