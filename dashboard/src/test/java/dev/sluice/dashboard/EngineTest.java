package dev.sluice.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.sluice.dashboard.http.MayRead;
import dev.sluice.sandbox.parts.KafkaTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.net.URL;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is passed on to the engine, and what isn't; and that people see no more than they may. */
@QuarkusTest
@TestProfile(EngineTest.ShopOnly.class)
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(EngineStub.class)
class EngineTest {
    public static final class ShopOnly implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(MayReadShopOnly.class);
        }
    }

    @Alternative
    @ApplicationScoped
    public static class MayReadShopOnly extends MayRead {
        @Override
        public Predicate<String> of(SecurityContext reader) {
            return application -> application.startsWith("shop/");
        }
    }

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
                .get("/api/me?application=shop/checkout")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .header("Set-Cookie", nullValue())
                .body("error", equalTo("No valid token"));
        given().get("/api/decisions/shop/checkout?before=17&limit=200").then().statusCode(404);
        assertThat(EngineStub.ASKED)
                .extracting(EngineStub.Asked::uri)
                .containsExactly(
                        "/api/me?application=shop/checkout", "/api/decisions/shop/checkout?before=17&limit=200");
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

    @Test
    void showsNobodyApplicationsThatTheyMayNotRead() throws IOException, InterruptedException {
        try (var events = Events.of(stream.toString());
                var bus = new Bus()) {
            // when
            bus.publish(Shop.status("bank/ledger", "prod", 1), Shop.status("bank/ledger", "staging", 1));
            bus.publish(Shop.status("shop/checkout", "prod", 1), Shop.status("shop/checkout", "staging", 1));
            events.await("status", data -> data.path("target").asText().equals("prod"));
            events.await("status", data -> data.path("target").asText().equals("staging"));
            // then
            assertThat(events.seen())
                    .filteredOn(event -> event.name().equals("status"))
                    .extracting(event -> event.data().path("application").asText())
                    .containsOnly("shop/checkout");
        }
        given().get("/api/applications/bank/ledger/timeline").then().statusCode(403);
        given().get("/api/applications/shop/checkout/timeline").then().statusCode(200);
    }
}
