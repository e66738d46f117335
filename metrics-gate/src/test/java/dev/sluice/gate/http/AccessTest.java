package dev.sluice.gate.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.sluice.sandbox.parts.KafkaTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may send what is judged: a false number promotes a bad release. */
@QuarkusTest
@TestProfile(AccessTest.On.class)
@QuarkusTestResource(KafkaTestResource.class)
class AccessTest {
    private static final String COLLECTOR = "a1".repeat(32);
    private static final String VIEWER = "b2".repeat(32);
    private static final String MONITORS = "a monitor's own";

    public static final class On implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                var folder = Files.createTempDirectory("access");
                var rules = Files.writeString(folder.resolve("rules.yaml"), """
                        rules:
                          - {applications: [shop/*], roles: [sender], people: [collector]}
                          - {applications: ['*'], roles: [viewer], people: [viewer]}
                        """);
                // printf %s "$token" | sha256sum
                var tokens = Files.writeString(
                        folder.resolve("tokens.yaml"), """
                        tokens:
                          - {name: collector, sha256: %s}
                          - {name: viewer, sha256: %s}
                        """.formatted(sha256(COLLECTOR), sha256(VIEWER)));
                return Map.ofEntries(
                        Map.entry("sluice.access.mode", "on"),
                        Map.entry("sluice.access.rules", rules.toString()),
                        Map.entry("sluice.access.tokens", tokens.toString()),
                        Map.entry("test.alerts.token", MONITORS),
                        Map.entry("sluice.gate.ways-in.otlp.preset", "otel"),
                        Map.entry("sluice.gate.ways-in.otlp.target", "prod"),
                        Map.entry("sluice.gate.ways-in.remote-write.application", "shop/{app}"),
                        Map.entry("sluice.gate.ways-in.remote-write.target", "prod"),
                        Map.entry("sluice.gate.ways-in.remote-write.revision", "{version}"),
                        Map.entry("sluice.gate.alerts.alertmanager.application", "{service}"),
                        Map.entry("sluice.gate.alerts.alertmanager.target", "prod"),
                        Map.entry("sluice.gate.alerts.datadog.application", "{service}"),
                        Map.entry("sluice.gate.alerts.datadog.target", "prod"),
                        Map.entry("sluice.gate.alerts.datadog.token.key", "test.alerts.token"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String sha256(String token) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RequestSpecification with(String token) {
        return given().header("Authorization", "Bearer " + token).contentType("application/json");
    }

    private static String otlp(String service) {
        return """
                {"resourceMetrics":[{"resource":{"attributes":[
                   {"key":"service.namespace","value":{"stringValue":"%s"}},
                   {"key":"service.name","value":{"stringValue":"checkout"}},
                   {"key":"service.version","value":{"stringValue":"2"}}]},
                 "scopeMetrics":[{"metrics":[{"name":"orders","sum":{"aggregationTemporality":1,"isMonotonic":true,
                   "dataPoints":[{"timeUnixNano":"1764590400000000000","startTimeUnixNano":"1764590390000000000","asInt":"5"}]}}]}]}]}
                """.formatted(service);
    }

    private static String alert(String application) {
        return """
                {"version":"4","alerts":[{"status":"firing","labels":{"alertname":"Errors","service":"%s"},
                  "startsAt":"2026-12-01T12:00:00Z","fingerprint":"f"}]}
                """.formatted(application);
    }

    @Test
    void everyEntranceIsClosedToWhoShowsNoToken() {
        // given
        var resources = new ClassFileImporter()
                .importPackages("dev.sluice.gate").stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .map(AccessTest::path)
                        .toList();

        // then
        assertThat(resources).contains("/v1/metrics", "/api/v1/write", "/api/metrics", "/api/alerts/generic");
        for (var path : resources) {
            given().body("x").post(path).then().statusCode(401);
        }
        for (var path : List.of("/q/metrics", "/api/me", "/", "/api/new")) {
            given().get(path).then().statusCode(401);
        }
        given().get("/q/health/live").then().statusCode(200);
    }

    private static String path(JavaClass resource) {
        return resource.getAnnotationOfType(Path.class).value().replaceAll("\\{[^}]*}", "generic");
    }

    @Test
    void metricsAreSentForTheSendersApplications() {
        with(COLLECTOR)
                .body(otlp("shop"))
                .post("/v1/metrics")
                .then()
                .statusCode(200)
                .body(equalTo("{}"));
        with(COLLECTOR)
                .body(otlp("pay"))
                .post("/v1/metrics")
                .then()
                .statusCode(200)
                .body("partialSuccess.rejectedDataPoints", equalTo("1"))
                .body("partialSuccess.errorMessage", containsString("not-allowed"));
        with(VIEWER)
                .body(otlp("shop"))
                .post("/v1/metrics")
                .then()
                .statusCode(403)
                .body("code", equalTo(7));
        given().header("Authorization", "Bearer " + VIEWER)
                .header("Content-Encoding", "snappy")
                .contentType("application/x-protobuf")
                .body(new byte[] {0})
                .post("/api/v1/write")
                .then()
                .statusCode(403);
        with(COLLECTOR).get("/q/metrics").then().statusCode(403);
        with(VIEWER).get("/q/metrics").then().statusCode(200);
    }

    @Test
    void sluicesOwnEventsAreSentForTheSendersApplicationsOrNotAtAll() {
        var own =
                "{\"application\":\"shop/a\",\"target\":\"prod\",\"variant\":\"canary\",\"metric\":\"m\",\"count\":1}";
        with(COLLECTOR).body(own).post("/api/metrics").then().statusCode(200).body("taken", equalTo(1));
        with(COLLECTOR)
                .body("[" + own + "," + own.replace("shop/a", "pay/a") + "]")
                .post("/api/metrics")
                .then()
                .statusCode(403)
                .body("error", containsString("collector may not send for pay/a"));
        with(VIEWER).body(own).post("/api/metrics").then().statusCode(403);
    }

    @Test
    void anAlertIsItsSendersOrItsMonitorsOwn() {
        // a monitor without a token of its own
        given().body(alert("shop/a")).post("/api/alerts/alertmanager").then().statusCode(401);
        with(COLLECTOR)
                .body(alert("shop/a"))
                .post("/api/alerts/alertmanager")
                .then()
                .statusCode(200)
                .body("mapped", equalTo(1));
        with(COLLECTOR)
                .body(alert("pay/a"))
                .post("/api/alerts/alertmanager")
                .then()
                .statusCode(200)
                .body("mapped", equalTo(0))
                .body("alerts[0].reason", equalTo("not-allowed"));
        with(VIEWER)
                .body(alert("shop/a"))
                .post("/api/alerts/alertmanager")
                .then()
                .statusCode(403);
        // and one that has
        with(COLLECTOR).body("{}").post("/api/alerts/datadog").then().statusCode(401);
        with(MONITORS).body("{}").post("/api/alerts/datadog").then().statusCode(400);
        with(MONITORS).body("{}").post("/api/alerts/./datadog").then().statusCode(401);
    }

    @Test
    void aPageOfAnotherSiteSendsNothing() {
        with(COLLECTOR)
                .header("Origin", "https://evil.example.com")
                .body(alert("shop/a"))
                .post("/api/alerts/alertmanager")
                .then()
                .statusCode(403);
    }
}
