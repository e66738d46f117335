package dev.sluice.gate.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.format.foreign.OtlpTest.Service;
import dev.sluice.sandbox.parts.HttpContract;
import dev.sluice.sandbox.parts.HttpEntrances;
import dev.sluice.sandbox.parts.KafkaTestResource;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

/** The document of the gate's HTTP says what it takes and answers. */
@QuarkusTest
@TestProfile(WaysInTest.Configured.class)
@QuarkusTestResource(KafkaTestResource.class)
class OpenApiTest {
    private static final String EVENT =
            "{\"application\":\"shop/documented\",\"target\":\"prod\",\"variant\":\"canary\",\"metric\":\"m\",\"count\":1}";

    private final HttpContract contract = HttpContract.ofThisModule();

    @Test
    void whatIsServedIsTheDocument() {
        // when
        var served = given().get("/q/openapi?format=json").asString();
        // then
        assertThat(HttpContract.of(served).document()).isEqualTo(contract.document());
    }

    @Test
    void theDocumentHasEveryEntranceAndNoOther() {
        assertThat(contract.entrances()).isEqualTo(HttpEntrances.ofThisModule());
    }

    @Test
    void theGateAnswersAsTheDocumentSays() {
        // given
        var otlp = new Service(AggregationTemporality.DELTA, "shop", "1.4.2", "pod-7");
        otlp.requests(200, 4);
        // then
        holds("/api/metrics", json(EVENT, "/api/metrics"), 200);
        holds("/api/metrics", json("{}", "/api/metrics"), 400);
        holds(
                "/v1/metrics",
                json(new String(otlp.json(), java.nio.charset.StandardCharsets.UTF_8), "/v1/metrics"),
                200);
        holds("/v1/metrics", json("[", "/v1/metrics"), 400);
        holds("/api/v1/write", json("{}", "/api/v1/write"), 415);
        holds("/api/alerts/{monitor}", json("{}", "/api/alerts/unheard-of"), 404);
        assertThat(contract.problems(
                        "GET",
                        "/api/me",
                        200,
                        "application/json",
                        given().get("/api/me").asString()))
                .isEmpty();
    }

    private static Response json(String body, String path) {
        return given().contentType("application/json").body(body).post(path);
    }

    private void holds(String path, Response answer, int status) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        assertThat(contract.problems("POST", path, status, answer.contentType(), answer.asString()))
                .isEmpty();
    }
}
