package dev.sluice.dashboard;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.oneOf;

import dev.sluice.sandbox.parts.KafkaTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard as it is run where people are told apart: everybody has the page, and sees what they may. */
@QuarkusTest
@TestProfile(AccessTest.On.class)
@QuarkusTestResource(value = KafkaTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = EngineStub.class, restrictToAnnotatedClass = true)
class AccessTest {
    private static final String VERA = "7c1f9d0be2a84c5f9d0be2a84c5f7c1f";
    private static final String BEN = "1d0ab4c2f7e94e63a4c2f7e94e631d0a";
    private static final String PROMETHEUS = "f0".repeat(32);

    public static final class On implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                var folder = Files.createTempDirectory("access");
                var rules = Files.writeString(
                        folder.resolve("rules.yaml"),
                        "rules: [{applications: [shop/*], roles: [viewer], people: [vera]},"
                                + " {applications: ['*'], roles: [viewer], people: [prometheus]},"
                                + " {applications: [bank/*], roles: [viewer], people: [ben]}]");
                var tokens = Files.writeString(
                        folder.resolve("tokens.yaml"),
                        "tokens: [{name: vera, sha256: %s}, {name: ben, sha256: %s}, {name: prometheus, sha256: %s}]"
                                .formatted(hash(VERA), hash(BEN), hash(PROMETHEUS)));
                return Map.of(
                        "sluice.access.mode", "on",
                        "sluice.access.rules", rules.toString(),
                        "sluice.access.tokens", tokens.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String hash(String token) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }

    @TestHTTPResource("/api/stream")
    URL stream;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/stream",
                "/api/fleet",
                "/api/me",
                "/api/links",
                "/api/freezes",
                "/api/applications/shop/checkout/timeline",
                "/api/history/shop/checkout",
                "/q/metrics",
                "/rollouts/../api/fleet",
                "/rollouts//../api/fleet",
                "/rollouts/%2e%2e/api/fleet",
                "/rollouts/a%2f../../api/fleet",
                "//api/fleet"
            })
    void showsNothingToWhoeverShowsNoToken(String path) {
        given().urlEncodingEnabled(false).get(path).then().statusCode(401).body("todo", containsString("Bearer"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/icon.svg",
                "/rollouts",
                "/rollouts/shop/checkout.eu/prod%20(canary)",
                "/applications/shop",
                "/fleet"
            })
    void givesThePageToEverybody(String place) {
        given().urlEncodingEnabled(false).get(place).then().statusCode(oneOf(200, 404));
    }

    @Test
    void takesNoCommandFromWhoeverShowsNoToken() {
        // given
        EngineStub.ASKED.clear();

        // when
        given().contentType("application/json")
                .body("{\"type\":\"abort\"}")
                .post("/api/commands")
                .then()
                .statusCode(401);

        // then
        assertThat(EngineStub.ASKED).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/metrics", "/q/metrics/", "/q//metrics", "/q/health/../metrics", "/q/metric%73"})
    void metricsNameAllApplicationsAndAreForWhoMaySeeAll(String path) {
        given().urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + VERA)
                .get(path)
                .then()
                .statusCode(403);
        given().header("Authorization", "Bearer " + PROMETHEUS)
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("sluice_rollouts{"));
    }

    @Test
    void tellsWhoSomebodyIs() {
        given().header("Authorization", "Bearer " + VERA)
                .get("/api/me?application=shop/checkout")
                .then()
                .statusCode(200)
                .body("actor", equalTo("vera"))
                .body("roles[0]", equalTo("viewer"));
    }

    @Test
    void goesOnForNobodyWhereSomebodyWhoSeesSomethingElseBrokeOff() throws IOException, InterruptedException {
        // given
        String last;
        try (var events = Events.as(VERA, stream.toString());
                var bus = new Bus()) {
            bus.publish(Shop.status("bank/vault", "prod", 1), Shop.status("shop/vault", "prod", 1));
            last = events.await(
                            "status", data -> data.path("application").asText().equals("shop/vault"))
                    .id();
        }

        // when
        try (var vera = Events.after(last, VERA, stream.toString());
                var ben = Events.after(last, BEN, stream.toString())) {
            // then
            var snapshot = ben.await("snapshot").data();
            assertThat(snapshot.path("statuses").findValuesAsText("application"))
                    .contains("bank/vault")
                    .doesNotContain("shop/vault");
            vera.await("heartbeat");
            assertThat(vera.seen()).extracting(Events.Event::name).doesNotContain("snapshot");
        }
    }

    @Test
    void showsNobodyApplicationsThatTheyMayNotSee() throws IOException, InterruptedException {
        try (var events = Events.as(VERA, stream.toString());
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
        given().header("Authorization", "Bearer " + VERA)
                .get("/api/applications/bank/ledger/timeline")
                .then()
                .statusCode(403);
        given().header("Authorization", "Bearer " + VERA)
                .get("/api/applications/shop/checkout/timeline")
                .then()
                .statusCode(200);
    }
}
