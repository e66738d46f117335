package dev.sluice.triggers.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sandbox.parts.HttpContract;
import dev.sluice.sandbox.parts.HttpEntrances;
import dev.sluice.sandbox.parts.KafkaTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The document of the triggers' HTTP says what they take and answer. */
@QuarkusTest
@TestProfile(OpenApiIT.Open.class)
@QuarkusTestResource(value = KafkaTestResource.class, restrictToAnnotatedClass = true)
class OpenApiIT {
    private final HttpContract contract = HttpContract.ofThisModule();

    public static final class Open implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "sluice.triggers.resources", "false",
                    "sluice.triggers.hooks.senders.ci.kind", "cdevents",
                    "sluice.triggers.hooks.senders.ci.secret.value", "of-ci");
        }
    }

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
    void theTriggersAnswerAsTheDocumentSays() {
        holds(hook("unheard-of", "{}"), 404);
        holds(given().body("{}").post("/api/hooks/ci"), 401);
        holds(hook("ci", "nonsense"), 422);
        holds(hook("ci", """
                {"context": {"id": "1", "source": "/ci", "type": "dev.cdevents.build.started.0.2.0", "specversion": "0.5.1",
                  "timestamp": "2026-11-20T12:00:00Z"}, "subject": {"id": "b", "content": {}}}"""), 200);
    }

    private static Response hook(String sender, String body) {
        return given().header("Authorization", "Bearer of-ci").body(body).post("/api/hooks/" + sender);
    }

    private void holds(Response answer, int status) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        assertThat(contract.problems("POST", "/api/hooks/{sender}", status, answer.contentType(), answer.asString()))
                .isEmpty();
    }
}
