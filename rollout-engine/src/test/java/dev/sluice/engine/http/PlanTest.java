package dev.sluice.engine.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.engine.core.state.Freeze;
import dev.sluice.engine.core.told.HoldView;
import dev.sluice.engine.played.Files;
import dev.sluice.engine.played.World;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.PostgresTestResource;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.Finding.Code;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.Keys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
class PlanTest {
    private static final String STEPS = "{\"setWeight\":{\"weight\":25}},{\"pause\":{\"untilApproved\":true}}";
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String LONG = "&wait=50s";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private final ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor();
    private World world;

    @BeforeEach
    void open() {
        world = new World(bootstrapServers);
    }

    @AfterEach
    void close() {
        askers.close();
        world.close();
    }

    private static ValidatableResponse plan(String file, String parameters) {
        return given().body(file.getBytes(StandardCharsets.UTF_8))
                .contentType("application/yaml")
                .post("/api/plan?" + parameters)
                .then();
    }

    private Future<ValidatableResponse> asking(String application) {
        return askers.submit(() -> plan(Files.file(application, STEPS), "cluster=true&revision=2" + LONG));
    }

    private WeightOrder awaitCheck(String application) {
        return await("a check of " + application)
                .atMost(LONGEST)
                .until(() -> world.checks(application), checks -> !checks.isEmpty())
                .getFirst();
    }

    private static WeightOrder of(String rollout, WeightOrder check) {
        var tree = Json.mapper().<ObjectNode>valueToTree(check).put("rollout", rollout);
        return Json.mapper().convertValue(tree, WeightOrder.class);
    }

    /** What a compacted topic keeps under the check's key. */
    private byte[] left(WeightOrder check) {
        return world.wire.records(Topic.WEIGHTS.name(Topic.DEFAULT_PREFIX)).stream()
                .filter(record -> Keys.check(check.route()).equals(new String(record.key(), StandardCharsets.UTF_8)))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .value();
    }

    @Test
    void whatTheAppliersFindIsShownByTargetAndRouteAndNothingBegins() throws Exception {
        // given
        var application = "shop/planned";
        var answer = asking(application);
        var check = awaitCheck(application);
        assertThat(check.rollout()).startsWith("plan-");
        assertThat(check.revision()).isEqualTo("2");

        // when: also another's answer of the same route, which is no business of this plan
        world.answer(of("another-rollout", check), "nothing stands in the way");
        world.answer(
                check,
                "1 error, 1 warning",
                Finding.error(Code.SERVICE_MISSING, "Service shop/planned-canary does not exist: create it"),
                Finding.warning(Code.NOT_LOOKED_AT, "policies were not looked at"));

        // then
        answer.get()
                .statusCode(200)
                .body("application", equalTo(application))
                .body("now[0].decision", equalTo("Started"))
                .body("clusters.size()", equalTo(1))
                .body("clusters[0].target", equalTo("prod"))
                .body("clusters[0].route", equalTo(check.route()))
                .body("clusters[0].checked", equalTo(true))
                .body("clusters[0].findings[0].severity", equalTo("error"))
                .body("clusters[0].findings[0].code", equalTo("service-missing"))
                .body("clusters[0].findings[1].severity", equalTo("warning"));
        given().get("/api/rollouts/{application}", application).then().statusCode(404);
        assertThat(world.orders(application)).isEmpty();
        await().atMost(LONGEST).untilAsserted(() -> assertThat(left(check)).isNull());
    }

    @Test
    void aClusterThatNobodyServesIsNamed() {
        plan(Files.file("shop/unserved", STEPS), "cluster=true&wait=500ms")
                .statusCode(200)
                .body("clusters[0].checked", equalTo(false))
                .body("clusters[0].words", containsString("no applier answered for cluster local within 500 ms"));
    }

    @Test
    void theFileComesBackAsTheJsonThatAStartCarriesWhereSomebodyAsks() throws IOException {
        // given
        var yaml = """
                version: v1
                application: shop/written
                # 1.10 is not 1.1
                context: {minor: 1.10}
                targets: {prod: {cluster: local, namespace: shop, strategy: quick}}
                strategies: {quick: {canary: {steps: [{setWeight: {weight: 25}}]}}}
                trafficManagement:
                  - smi: [{rootServiceName: written, activeServiceName: written, canaryServiceName: written-canary}]
                """;

        // when
        var file = plan(yaml, "revision=2&file=true").statusCode(200).extract().<String>path("file");

        // then
        assertThat(file).contains("\"minor\":1.10");
        assertThat(Json.mapper().readTree(file).path("application").asText()).isEqualTo("shop/written");
        plan(file, "revision=2").statusCode(200).body("file", nullValue());
    }

    @Test
    void fewPlansAskAtATimeAndTheNextIsToldToTryAgain() throws Exception {
        // given
        var applications =
                IntStream.range(0, 4).mapToObj(i -> "shop/asking-" + i).toList();
        var answers = applications.stream().map(this::asking).toList();
        var checks = applications.stream().map(this::awaitCheck).toList();

        // then
        plan(Files.file("shop/too-many", STEPS), "cluster=true")
                .statusCode(503)
                .body("error", containsString("4 others are asking already"))
                .body("todo", containsString("Try again"));

        // when
        checks.forEach(check -> world.answer(check, "nothing stands in the way"));

        // then
        for (var answer : answers) {
            answer.get().statusCode(200).body("clusters[0].words", equalTo("nothing stands in the way"));
        }
    }

    @Test
    void aRunningRolloutRefusesAStartAndThePlanSaysSo() {
        // given
        var application = "shop/running";
        world.command(application, Files.start(application, "running-1", Files.file(application, STEPS)));
        world.awaitPhase(application, Phase.AWAITING_APPROVAL);

        // then
        plan(Files.file(application, STEPS), "revision=1.4.3")
                .statusCode(200)
                .body("now.decision", equalTo(List.of("Rejected")))
                .body("now[0].reason", containsString("rollout running-1 is running"))
                .body("clusters", nullValue());
        assertThat(world.audit(application))
                .noneMatch(entry -> entry.event().id().startsWith("plan-"));
    }

    @Test
    @DisplayName("B33 a route that another application holds is named with its holder")
    void anotherApplicationsHoldRefusesAStart() {
        // given
        var holder = "shop/holder";
        world.command(holder, Files.start(holder, "holder-1", Files.file(holder, "held", STEPS)));
        world.awaitPhase(holder, Phase.AWAITING_APPROVAL);

        // then
        plan(Files.file("shop/other", "held", STEPS), "revision=2")
                .statusCode(200)
                .body("now[0].decision", equalTo("Rejected"))
                .body("now[0].reason", containsString("is held by application shop/holder"));
    }

    @Test
    @DisplayName("B24 a plan names the freezes that would hold its steps, those of its labels alone, and until when")
    void freezesThatWouldHoldItAreNamed() {
        // given
        var file = labelled("shop/frozen", "");
        plan(file, "revision=2").statusCode(200).body("holds", empty());
        var until = Instant.parse("2099-01-02T00:00:00Z");
        freeze("plan-until", "frozen-plan", "\"reason\":\"holidays\",\"until\":\"" + until + "\"");
        freeze("plan-lifted", "frozen-plan", "\"reason\":\"outage\"");
        freeze("plan-others", "others-plan", "\"reason\":\"theirs\"");

        try {
            // then: first the one that nobody knows the end of
            plan(file, "revision=2")
                    .statusCode(200)
                    .body("now.decision", equalTo(List.of("Started", "Began", "Ordered")))
                    .body("holds.kind", equalTo(List.of("freeze", "freeze")))
                    .body("holds.name", equalTo(List.of("plan-lifted", "plan-until")))
                    .body("holds[0].until", nullValue())
                    .body("holds[0].words", equalTo("frozen by alice: outage"))
                    .body("holds[1].until", equalTo(until.toString()))
                    .body("holds[1].steps.prod", equalTo(List.of(1, 3)));
        } finally {
            Stream.of("plan-until", "plan-lifted", "plan-others").forEach(this::unfreeze);
        }
        plan(file, "revision=2").statusCode(200).body("holds", empty());
    }

    @Test
    @DisplayName("B24 a plan says when its file's windows open, for whoever would start it")
    void closedWindowsAreNamedForWhomTheyBind() {
        // given
        var file = labelled("shop/closed", """
                "windows":[{"freeze":{"from":"2020-01-01T00:00:00Z","to":"2099-01-01T00:00:00Z","reason":"moving"},
                            "invokers":["automation"]}],""");

        // then
        plan(file, "revision=2").statusCode(200).body("holds", empty());
        plan(file, "revision=2&automated=true")
                .statusCode(200)
                .body("holds.kind", equalTo(List.of("window")))
                .body("holds[0].name", nullValue())
                .body("holds[0].until", equalTo("2099-01-01T00:00:00Z"))
                .body("holds[0].words", containsString("moving"))
                .body("holds[0].steps.prod", equalTo(List.of(1, 3)));
    }

    private static String labelled(String application, String more) {
        return Files.file(application, STEPS)
                .replace("\"targets\":", "\"labels\":{\"team\":\"frozen-plan\"}," + more + "\"targets\":");
    }

    private void freeze(String id, String team, String more) {
        world.command(Freeze.APPLICATION, """
                {"id":"%s","type":"freeze","application":"*","actor":"alice","labels":{"team":"%s"},%s}
                """.formatted(id, team, more));
        assertThat(world.awaitDecisions(Freeze.APPLICATION, id)).containsExactly("Frozen");
    }

    private void unfreeze(String freeze) {
        world.command(Freeze.APPLICATION, """
                {"id":"un%1$s","type":"unfreeze","application":"*","actor":"alice","freeze":"%1$s"}
                """.formatted(freeze));
        assertThat(world.awaitDecisions(Freeze.APPLICATION, "un" + freeze)).containsExactly("Unfrozen");
    }

    @Test
    void whatIsNoWaitIsRefused() {
        plan(Files.file("shop/soon", STEPS), "cluster=true&wait=soon")
                .statusCode(400)
                .body("todo", containsString("wait=10s"));
    }

    @Test
    void thePagesExampleIsPlannedAsItSays() throws IOException {
        // given
        var page = java.nio.file.Files.readString(Path.of("../docs/plans.md"));
        var shown = Json.mapper().readTree(block(page, "json"));

        // then
        plan(block(page, "yaml"), "revision=2")
                .statusCode(200)
                .body("targets.target", equalTo(List.of("staging", "prod")))
                .body("now.decision", equalTo(List.of("Started", "Began", "Ordered")))
                .body("now[1].target", equalTo("staging"));
        var held = Json.mapper().convertValue(shown.at("/holds/0"), HoldView.class);
        assertThat(held.kind()).isEqualTo("freeze");
        plan(block(page, "yaml"), "revision=2").body("targets.steps[1].step", equalTo(List.of(1, 2, 3)));
        assertThat(held.steps()).containsOnly(Map.entry("staging", List.of(1, 3)), Map.entry("prod", List.of(1, 3)));
        assertThat(Json.mapper()
                        .convertValue(shown.at("/clusters/0"), ClusterView.class)
                        .findings())
                .singleElement()
                .extracting(Finding::code)
                .isEqualTo(Code.NO_ENDPOINTS);
    }

    private static String block(String page, String kind) {
        var found = Pattern.compile("^```" + kind + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(page);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }
}
