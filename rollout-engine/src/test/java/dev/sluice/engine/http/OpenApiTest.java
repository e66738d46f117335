package dev.sluice.engine.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.state.Freeze;
import dev.sluice.engine.core.told.HoldView;
import dev.sluice.engine.core.told.Past;
import dev.sluice.engine.played.Files;
import dev.sluice.engine.played.World;
import dev.sluice.engine.postgres.History;
import dev.sluice.engine.webhook.Callback;
import dev.sluice.sandbox.parts.HttpContract;
import dev.sluice.sandbox.parts.HttpEntrances;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.PostgresTestResource;
import dev.sluice.schemas.message.Phase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The document of the engine's HTTP says what it takes and answers. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
class OpenApiTest {
    private static final String STEPS = "{\"setWeight\":{\"weight\":25}},{\"pause\":{\"untilApproved\":true}}";

    private final HttpContract contract = HttpContract.ofThisModule();

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of("Accepted", CommandsResource.Accepted.class),
                Arguments.of("Rollout", RolloutView.class),
                Arguments.of("Opening", WindowView.class),
                Arguments.of("Step", StepView.class),
                Arguments.of("Plan", PlanView.class),
                Arguments.of("PlannedTarget", PlanView.Target.class),
                Arguments.of("Led", PlanView.Led.class),
                Arguments.of("Hold", HoldView.class),
                Arguments.of("Found", ClusterView.class),
                Arguments.of("PastRollout", History.Entry.class),
                Arguments.of("Assessment", History.Assessed.class),
                Arguments.of("PastTarget", Past.class),
                Arguments.of("Freeze", Freeze.class),
                Arguments.of("Callback", Callback.class),
                Arguments.of("Taken", WebhooksResource.Taken.class));
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

    @ParameterizedTest
    @MethodSource("answers")
    void aSchemaHasTheFieldsOfItsRecord(String schema, Class<?> type) {
        // given
        var fields = new TreeSet<String>();
        contract.document()
                .at("/components/schemas/" + schema + "/properties")
                .fieldNames()
                .forEachRemaining(fields::add);
        // then
        assertThat(fields)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
    }

    @Test
    void theEngineAnswersAsTheDocumentSays() {
        // given
        var application = "shop/documented";
        var file = Files.file(application, STEPS);
        try (var world = new World(bootstrapServers)) {
            // when
            var sent =
                    given().body(Files.start(application, "documented-1", file)).post("/api/commands");
            world.awaitPhase(application, Phase.AWAITING_APPROVAL);
            // then
            holds("POST", "/api/commands", sent, 202);
            holds("POST", "/api/commands", given().body("{\"type\":\"start\"}").post("/api/commands"), 422);
            holds("POST", "/api/commands", given().body("[").post("/api/commands"), 400);
            get("/api/commands/{application}", application + "?id=documented-1", 200);
            get("/api/commands/{application}", application + "?id=no-such", 404);
            get("/api/rollouts/{application}", application, 200);
            get("/api/rollouts/{application}", "shop/unheard-of", 404);
            get("/api/decisions/{application}", application, 200);
            get("/api/history/{application}", application, 200);
            get("/api/history/{application}", application + "?before=yesterday", 400);
            holds("GET", "/api/rollouts", given().get("/api/rollouts"), 200);
            holds("GET", "/api/rollouts", given().get("/api/rollouts?phase=Nonsense"), 400);
            holds("GET", "/api/me", given().get("/api/me?application=shop/x"), 200);
            holds("GET", "/api/freezes", given().get("/api/freezes"), 200);
            holds("POST", "/api/plan", given().body(file).post("/api/plan?file=true"), 200);
            holds("POST", "/api/plan", given().body("{}").post("/api/plan"), 422);
            holds("POST", "/api/validate", given().body(file).post("/api/validate"), 200);
            holds("POST", "/api/webhooks/{token}", given().body("{}").post("/api/webhooks/none"), 404);
        }
    }

    @Test
    void anApplicationsSlashMayBeEscaped() {
        // when
        var answer = given().urlEncodingEnabled(false).get("/api/rollouts/shop%2Funheard-of");
        // then
        assertThat(answer.path("error").toString()).contains("application shop/unheard-of");
    }

    @ParameterizedTest
    @CsvSource({
        "rollout-file.schema.json, 200, application/schema+json, rollout-file.schema.json",
        "status.schema.json, 200, application/schema+json, status.schema.json",
        "asyncapi.yaml, 200, application/yaml, asyncapi: 3.0.0",
        "nonsense.schema.json, 404, application/json, There is no schema",
        "examples, 404, application/json, There is no schema"
    })
    void schemasAreServedUnderTheirStableNames(String name, int status, String type, String says) {
        // when
        var answer = given().get("/schemas/v1/" + name);
        // then
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith(type);
        assertThat(answer.asString()).contains(says);
    }

    private void get(String path, String application, int status) {
        holds("GET", path, given().get(path.replace("{application}", application)), status);
    }

    private void holds(String method, String path, Response answer, int status) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        assertThat(contract.problems(method, path, status, answer.contentType(), answer.asString()))
                .isEmpty();
    }
}
