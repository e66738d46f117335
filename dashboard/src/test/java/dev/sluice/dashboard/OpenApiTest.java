package dev.sluice.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sandbox.parts.HttpContract;
import dev.sluice.sandbox.parts.HttpEntrances;
import dev.sluice.sandbox.parts.KafkaTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The document of the dashboard's HTTP says what it takes and answers. */
@QuarkusTest
@TestProfile(LinksTest.Configured.class)
@QuarkusTestResource(value = KafkaTestResource.class, restrictToAnnotatedClass = true)
class OpenApiTest {
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

    @ParameterizedTest
    @CsvSource({
        "/api/links, /api/links, 200",
        "/api/me, /api/me, 200",
        "/api/fleet, /api/fleet, 200",
        "/api/applications/{application}/timeline, /api/applications/shop/x/timeline, 200",
        "/api/rollouts/{application}, /api/rollouts/SHOP, 400",
        "/api/freezes, /api/freezes, 502"
    })
    void theDashboardAnswersAsTheDocumentSays(String path, String asked, int status) {
        // when
        var answer = given().get(asked);
        // then
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        assertThat(contract.problems("GET", path, status, answer.contentType(), answer.asString()))
                .isEmpty();
    }
}
