package dev.sluice.engine.http;

import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.sluice.engine.played.Files;
import dev.sluice.engine.played.World;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.PostgresTestResource;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Phase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
class HttpTest {
    private static final String STEPS = "{\"setWeight\":{\"weight\":25}},{\"pause\":{\"untilApproved\":true}}";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private World world;

    @BeforeEach
    void open() {
        world = new World(bootstrapServers);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aPostedCommandGoesThroughKafkaAndItsDecisionsCanBeWaitedFor() {
        // given
        var application = "shop/posted";
        var id = given().body(Files.start(application, "posted-1", Files.file(application, STEPS)))
                .contentType(ContentType.JSON)
                .post("/api/commands")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        // when / then
        given().get("/api/commands/{application}?id={id}&wait=30s", application, id)
                .then()
                .statusCode(200)
                .body("decision", hasItem("Started"))
                .body("event.id", everyItem(equalTo("posted-1")));
        world.awaitPhase(application, Phase.AWAITING_APPROVAL);
        given().get("/api/rollouts/{application}", application)
                .then()
                .statusCode(200)
                .body("rollout", equalTo("posted-1"))
                .body("targets[0].phase", equalTo("AwaitingApproval"))
                .body("targets[0].weight.desired", equalTo(25))
                .body("steps.prod.kind", equalTo(java.util.List.of("setWeight", "pause", "setWeight")));
        given().get("/api/decisions/{application}", application).then().statusCode(200);
        given().get("/api/rollouts?phase=AwaitingApproval")
                .then()
                .statusCode(200)
                .body("application", hasItem(application));
        given().get("/api/rollouts?phase=Promoted")
                .then()
                .statusCode(200)
                .body("application", not(hasItem(application)));
    }

    @Test
    @DisplayName("B24: what is frozen is listed until it is lifted")
    void listsWhatIsFrozen() {
        // when
        said("{id: freeze-http, type: freeze, application: '*', labels: {team: http}, actor: alice, reason: holidays}");

        // then
        given().get("/api/freezes")
                .then()
                .statusCode(200)
                .body("id", hasItem("freeze-http"))
                .body("find { it.id == 'freeze-http' }.labels.team", equalTo("http"))
                .body("find { it.id == 'freeze-http' }.actor", equalTo("alice"));
        said("{id: unfreeze-http, type: unfreeze, application: '*', freeze: freeze-http}");
        given().get("/api/freezes").then().statusCode(200).body("id", not(hasItem("freeze-http")));
    }

    @Test
    void showsWhoWaitsForWhom() {
        // when
        said("shop/chain", """
                id: chain-1
                type: start
                application: shop/chain
                rollout:
                  version: v1
                  application: shop/chain
                  labels: {team: http}
                  targets:
                    staging: {cluster: here, namespace: staging, strategy: careful}
                    prod: {cluster: here, namespace: prod, strategy: careful, constraints: {dependsOn: [staging]}}
                    prod-b: {cluster: here, namespace: prod-b, strategy: careful, constraints: {dependsOn: [staging]}}
                  rolloutConfig: {lockstep: [[prod, prod-b]]}
                  strategies: {careful: {canary: {steps: [{setWeight: {weight: 5}}]}}}
                  trafficManagement: [{smi: [{rootServiceName: chain}]}]
                """);

        // then
        given().get("/api/rollouts/shop/chain")
                .then()
                .statusCode(200)
                .body("labels.team", equalTo("http"))
                .body("dependsOn.prod", equalTo(java.util.List.of("staging")))
                .body("dependsOn.staging", nullValue())
                .body("lockstep", equalTo(java.util.List.of(java.util.List.of("prod", "prod-b"))));
    }

    private static void said(String yaml) {
        said("*", yaml);
    }

    private static void said(String application, String yaml) {
        var id = given().body(yaml.getBytes(UTF_8))
                .contentType("application/yaml")
                .post("/api/commands")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        given().get("/api/commands/{application}?id={id}&wait=30s", application, id)
                .then()
                .statusCode(200);
    }

    @Test
    @DisplayName("B24: a rollout shows whether its windows are open, and until when")
    void showsTheWindow() {
        // given
        var application = "shop/windows";
        var file = Files.file(application, STEPS)
                .replace(
                        "\"targets\":{\"prod\"",
                        "\"windows\":[{\"freeze\":{\"from\":\"2020-01-01T00:00:00Z\",\"to\":\"2999-01-01T00:00:00Z\"}}],"
                                + "\"targets\":{\"prod\"");

        // when
        world.command(application, Files.start(application, "windows-1", file));

        // then
        world.awaitPhase(application, Phase.WAITING);
        given().get("/api/rollouts/{application}", application)
                .then()
                .statusCode(200)
                .body("window.open", equalTo(false))
                .body("window.until", equalTo("2999-01-01T00:00:00Z"))
                .body("targets[0].waitingFor.kind", equalTo("window"))
                .body("targets[0].reasonCode", equalTo("WindowClosed"));
    }

    @Test
    void b05ACommandThatExpectsAnotherStepIsRejectedWithWhatTheRolloutIsDoing() {
        // given
        var application = "shop/expect";
        world.command(application, Files.start(application, "expect-1", Files.file(application, STEPS)));
        world.awaitPhase(application, Phase.AWAITING_APPROVAL);
        // when
        var yaml = """
                type: approve
                application: %s
                expect: {rollout: expect-1, step: 7}
                """.formatted(application);
        var id = given().body(yaml.getBytes(UTF_8))
                .contentType("application/yaml")
                .post("/api/commands")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        // then
        given().get("/api/commands/{application}?id={id}&wait=30s", application, id)
                .then()
                .statusCode(200)
                .body("[0].decision", equalTo("Rejected"))
                .body("[0].reason", containsString("step 2"));
    }

    @Test
    void aValidFileComesBackAsItsPlan() {
        given().body(Files.file("shop/valid", STEPS).getBytes(UTF_8))
                .contentType("application/yaml")
                .post("/api/validate")
                .then()
                .statusCode(200)
                .body("application", equalTo("shop/valid"))
                .body("targets[0].routes[0]", startsWith("local/shop/"));
    }

    @Test
    void aFileThatTakesGoodReleasesBackIsCarriedOutAndItsSenderTold() {
        // given
        var application = "shop/warned";
        var analysis = "{\"analysis\":{\"interval\":\"30s\",\"queries\":[\"errors\"]}}";
        var file = Files.file(application, "{\"setWeight\":{\"weight\":25}}," + analysis)
                .replace("\"upperLimit\":0.1", "\"upperLimit\":0.1,\"evaluation\":\"continuous\"");

        // then
        given().body(file.getBytes(UTF_8))
                .post("/api/validate")
                .then()
                .statusCode(200)
                .body("warnings[0].pointer", equalTo("/analysis/queries/0"))
                .body("warnings[0].message", containsString("judge: sequential"));
        given().body(Files.start(application, "warned-1", file))
                .post("/api/commands")
                .then()
                .statusCode(202)
                .body("warnings[0].pointer", equalTo("/rollout/analysis/queries/0"));
        given().get("/api/commands/{application}?id=warned-1&wait=30s", application)
                .then()
                .statusCode(200)
                .body("[0].decision", equalTo("Started"))
                .body("[0].reason", containsString("warning: /analysis/queries/0 is looked at with every event"));
    }

    @Test
    void anInvalidFileComesBackWithEverythingThatIsWrong() {
        given().body(Files.file("shop/invalid", "{\"setWeight\":{\"weight\":250}},{\"nonsense\":{}}"))
                .post("/api/validate")
                .then()
                .statusCode(422)
                .body("problems.pointer", hasItem(startsWith("/strategies/steps/canary/steps/0")))
                .body("problems.pointer", hasItem(startsWith("/strategies/steps/canary/steps/1")));
    }

    @Test
    void b25WhatIsNoCommandIsRefusedWithTheReason() {
        given().body("{\"never\":").post("/api/commands").then().statusCode(400).body("todo", containsString("JSON"));
        given().body("{\"type\":\"dance\"}")
                .post("/api/commands")
                .then()
                .statusCode(422)
                .body("problems.size()", equalTo(2));
        given().body(Files.start("shop/bad", "bad-file", "{\"version\":\"v1\"}"))
                .post("/api/commands")
                .then()
                .statusCode(422)
                .body("problems.pointer", everyItem(startsWith("/rollout")));
        given().body(Files.start("shop/bad", "imported-file", "{\"version\":\"v1\",\"manifests\":[]}"))
                .post("/api/commands")
                .then()
                .statusCode(422)
                .body("warnings.pointer", equalTo(java.util.List.of("/rollout/manifests")));
        given().body("x".repeat(Topic.COMMANDS.maxBytes() + 1))
                .post("/api/commands")
                .then()
                .statusCode(413)
                .body("error", containsString("bytes"));
    }

    @Test
    @DisplayName("Line 19: a command that is too large once YAML is JSON is too large, and not to be tried again")
    void saysThatTranslatedYamlIsTooLarge() {
        // given
        var roles = IntStream.range(0, 60)
                .mapToObj(i -> "a-role-" + "with-a-long-name-".repeat(7) + i)
                .collect(Collectors.joining(", "));
        var strategies =
                IntStream.range(1, 45).mapToObj(i -> "s" + i + ": *careful").collect(Collectors.joining(", "));
        var yaml = """
                type: start
                application: shop/large
                revision: "1"
                rollout:
                  version: v1
                  kind: kubernetes
                  application: shop/large
                  targets: {prod: {cluster: prod, namespace: shop, strategy: s}}
                  strategies:
                    s: &careful {canary: {steps: [&step {pause: {untilApproved: true, requiresRoles: [%s]}}, *step, *step, *step]}}
                    %s
                  trafficManagement: [{smi: [{rootServiceName: checkout}]}]
                """.formatted(roles, strategies.replace(", ", "\n    "));

        // then
        given().body(yaml.getBytes(UTF_8))
                .contentType("application/yaml")
                .post("/api/commands")
                .then()
                .body("error", containsString("bytes as JSON"))
                .statusCode(413);
    }

    @Test
    @DisplayName("Line 30: a body is read in the charset that it names, and one of no charset is refused")
    void readsBodiesInTheirCharset() {
        // given
        var abort =
                "{\"type\":\"abort\",\"application\":\"shop/charset\",\"id\":\"charset-1\",\"reason\":\"für die Größe\"}";

        // then
        given().body(abort.getBytes(ISO_8859_1))
                .contentType("application/json; charset=ISO-8859-1")
                .post("/api/commands")
                .then()
                .statusCode(202);
        given().get("/api/commands/shop/charset?id=charset-1&wait=30s")
                .then()
                .statusCode(200)
                .body("[0].event.reason", equalTo("für die Größe"));
        given().config(RestAssured.config()
                        .encoderConfig(encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .body(abort.getBytes(ISO_8859_1))
                .contentType("application/json")
                .post("/api/commands")
                .then()
                .statusCode(400)
                .body("error", containsString("not written in UTF-8"));
    }

    @Test
    void whatIsNotThereIsSaidWithWhatToDo() {
        given().get("/api/rollouts/shop/nobody")
                .then()
                .statusCode(404)
                .body("error", containsString("shop/nobody"))
                .body("todo", containsString("start"));
        given().get("/api/decisions/shop/nobody").then().statusCode(404);
        given().get("/api/commands/shop/nobody?id=none").then().statusCode(404);
        given().get("/api/commands/shop/nobody?id=none&wait=soon").then().statusCode(400);
        given().get("/api/rollouts?phase=Dancing").then().statusCode(400).body("todo", containsString("Promoted"));
        given().get("/api/nothing").then().statusCode(404);
    }

    @Test
    void itSaysWhenItIsReadyAndWhatItDoes() {
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/metrics").then().statusCode(200).body(containsString("sluice_outbox_unsent"));
    }
}
