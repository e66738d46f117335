package dev.sluice.engine.http;

import static dev.sluice.engine.http.AccessOn.as;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.sluice.access.ApplicationPattern;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.played.Files;
import dev.sluice.engine.played.Wire;
import dev.sluice.engine.played.World;
import dev.sluice.engine.shell.Lookup;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.PostgresTestResource;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Phase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attacks on the weights of somebody who may not move them, by every way in. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@TestProfile(AccessOn.class)
class AccessTest {
    private static final String STEPS =
            "{\"setWeight\":{\"weight\":25}},{\"pause\":{\"untilApproved\":true,\"requiresRoles\":[\"sre\"]}}";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Inject
    Lookup lookup;

    private World world;

    @BeforeEach
    void open() {
        world = new World(bootstrapServers);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static String start(String application) {
        return Files.start(application, "r-1", Files.file(application, STEPS)).replace("\"actor\":\"tests\",", "");
    }

    private static String say(String application, String id, String type, String more) {
        return "{\"id\":\"%s\",\"type\":\"%s\",\"application\":\"%s\"%s}".formatted(id, type, application, more);
    }

    private static ValidatableResponse post(String who, String body) {
        return as(who).body(body)
                .contentType("application/json")
                .post("/api/commands")
                .then();
    }

    /** Waits at its approval, on a quarter of the traffic. */
    private void waiting(String application) {
        post("olga", start(application)).statusCode(202);
        world.awaitPhase(application, Phase.AWAITING_APPROVAL);
    }

    private Audit rejected(String application, String command) {
        return await("the audit of " + command)
                .until(
                        () -> world.audit(application).stream()
                                .filter(audit -> command.equals(audit.event().id()))
                                .findFirst()
                                .orElse(null),
                        audit -> audit != null && audit.decision().equals("Rejected"));
    }

    private void nothingCameOf(String application, String command) {
        assertThat(world.wire.values(Topic.COMMANDS, application))
                .noneMatch(sent -> command.equals(sent.path("id").asText()));
    }

    @Test
    void everyEntranceIsClosedToWhoShowsNoToken() {
        // given
        Map<String, Map<String, Object>> paths = as("root")
                .queryParam("format", "json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .extract()
                .path("paths");
        var closed = new ArrayList<String>();
        paths.forEach((path, methods) -> methods.keySet().stream()
                .filter(method ->
                        List.of("get", "post", "put", "delete", "patch").contains(method))
                .forEach(method -> closed.add(method + " " + path.replaceAll("\\{[^}]*}", "x"))));

        // then
        assertThat(closed).contains("post /api/commands", "get /api/rollouts", "post /api/webhooks/x");
        closed.removeIf(entrance -> entrance.contains("/api/webhooks/") || entrance.contains("/schemas/v1/"));
        closed.addAll(List.of("get /api/me", "get /q/metrics", "get /q/openapi", "get /", "get /api/new"));
        for (var entrance : closed) {
            var parts = entrance.split(" ");
            given().request(parts[0], parts[1]).then().statusCode(401).body("error", containsString("no token"));
        }
        given().get("/q/health/ready").then().statusCode(200);
        given().body("{}").post("/api/webhooks/no-such-token").then().statusCode(404);
        given().get("/schemas/v1/rollout-file.schema.json").then().statusCode(200);
        given().body("{}").post("/schemas/v1/rollout-file.schema.json").then().statusCode(401);
        given().get("/schemas/v1/../../api/rollouts").then().statusCode(401);
    }

    @Test
    void anothersApplicationIsNobodysButTheirs() {
        // when
        post("olga", say("pay/card", "theirs-1", "abort", ""))
                .statusCode(403)
                .contentType("application/problem+json")
                .body("error", containsString("needs the role operator there; olga has none"))
                .body("todo", containsString("sluice.access.rules"));

        // then
        var audit = rejected("pay/card", "theirs-1");
        assertThat(audit.actor()).isEqualTo("olga");
        assertThat(audit.event().via()).isEqualTo("http");
        nothingCameOf("pay/card", "theirs-1");
        for (var path : List.of("rollouts", "decisions", "history", "commands")) {
            as("olga").get("/api/" + path + "/pay/card?id=x").then().statusCode(403);
        }
        as("olga").body(Files.file("pay/card", STEPS)).post("/api/plan").then().statusCode(403);
        as("vera")
                .body(Files.file("shop/x", STEPS))
                .post("/api/plan?cluster=true")
                .then()
                .statusCode(403);
        as("vera").body(Files.file("shop/x", STEPS)).post("/api/plan").then().statusCode(200);
    }

    @Test
    void eachRoleIsForItsOwnCommands() {
        post("vera", say("shop/roles", "1", "abort", "")).statusCode(403);
        post("carol", say("shop/roles", "2", "abort", "")).statusCode(403);
        post("olga", say("shop/roles", "3", "approve", "")).statusCode(403);
        post("olga", say("shop/roles", "4", "abort", ",\"force\":true")).statusCode(403);
        post("olga", say("*", "5", "freeze", "")).statusCode(403);
        post("collector", say("shop/roles", "6", "abort", "")).statusCode(403);
        as("collector").get("/api/rollouts").then().statusCode(403);
        post("root", say("shop/roles", "7", "abort", ",\"force\":true")).statusCode(202);
    }

    @Test
    void nobodyIsSomebodyElseByTheBody() {
        // given
        waiting("shop/body");

        // then
        post("carol", say("shop/body", "b-1", "approve", ",\"actor\":\"alice\""))
                .statusCode(403)
                .body("error", containsString("the token is of carol"));
        post("vera", say("shop/body", "b-2", "approve", ",\"roles\":[\"sre\"]")).statusCode(403);
        post("olga", say("shop/body", "b-3", "skip", ",\"roles\":[\"sre\",\"approver\",\"admin\"]"))
                .statusCode(403)
                .body("error", containsString("names roles"));
        nothingCameOf("shop/body", "b-3");
        assertThat(world.orderedWeights("shop/body")).containsExactly(Weight.ZERO, Weight.percent(25));
    }

    @Test
    void aTokenThatIsStaleOrForgedSendsNothing() {
        // when
        post("gone", say("shop/stale", "s-1", "abort", "")).statusCode(401).body("error", containsString("good until"));
        given().header("Authorization", "Bearer " + AccessOn.token("nobody"))
                .body(say("shop/stale", "s-2", "abort", ""))
                .post("/api/commands")
                .then()
                .statusCode(401);
        given().cookie("token", AccessOn.token("root"))
                .body(say("shop/stale", "s-3", "abort", ""))
                .post("/api/commands")
                .then()
                .statusCode(401);

        // then
        nothingCameOf("shop/stale", "s-1");
    }

    @Test
    void aPageOfAnotherSiteSendsNothing() {
        // when
        as("root")
                .header("Origin", "https://evil.example.com")
                .contentType("text/plain")
                .body(say("shop/site", "x-1", "abort", ""))
                .post("/api/commands")
                .then()
                .statusCode(403);

        // then
        nothingCameOf("shop/site", "x-1");
    }

    @Test
    void whoMayApproveApprovesAndTheAuditSaysWhoAndHow() {
        // given
        waiting("shop/good");

        // when
        post("carol", say("shop/good", "g-1", "approve", "")).statusCode(202);

        // then
        as("vera")
                .get("/api/commands/shop/good?id=g-1&wait=30s")
                .then()
                .statusCode(200)
                .body("decision", hasItem("Approved"))
                .body("[0].actor", equalTo("carol"))
                .body("[0].event.via", equalTo("http"));
    }

    @Test
    void rolesThatSomebodyWroteToTheTopicAreNobodys() {
        // given
        waiting("shop/topic");

        // when
        world.command("shop/topic", say("shop/topic", "t-1", "approve", ",\"actor\":\"carol\",\"roles\":[\"sre\"]"));

        // then
        var audit = rejected("shop/topic", "t-1");
        assertThat(audit.event().via()).isEqualTo("rollout.commands");
        assertThat(audit.reason()).contains("carol has []", "not believed", "send it by HTTP");
        assertThat(world.status("shop/topic").orElseThrow().weight().desired()).isEqualTo(Weight.percent(25));
    }

    @Test
    void aSealIsForOneCommandAndNoOther() {
        // given
        waiting("shop/seal");
        post("carol", say("shop/other", "o-1", "approve", "")).statusCode(202);
        var sealed = world.wire.records("rollout.commands").stream()
                .filter(record -> new String(record.value(), UTF_8).contains("\"o-1\""))
                .findFirst()
                .orElseThrow();
        assertThat(Wire.header(sealed, "sluice-seal")).isNotNull();

        // when
        var forged = new String(sealed.value(), UTF_8)
                .replace("shop/other", "shop/seal")
                .replace("o-1", "o-2");
        world.wire.send(new ProducerRecord<byte[], byte[]>(
                "rollout.commands", (Integer) null, null, forged.getBytes(UTF_8), sealed.headers()));

        // then
        assertThat(rejected("shop/seal", "o-2").event().via()).isEqualTo("rollout.commands");
        assertThat(world.status("shop/seal").orElseThrow().weight().desired()).isEqualTo(Weight.percent(25));
    }

    @Test
    void whatATrustedTopicSaysOfItsSendersCounts() {
        // given
        waiting("shop/trusted");

        // when
        var approve = say("shop/trusted", "c-1", "approve", ",\"actor\":\"carol\",\"roles\":[\"sre\"]");
        world.wire.send(new ProducerRecord<>(AccessOn.TRUSTED, approve.getBytes(UTF_8)));

        // then
        as("vera")
                .get("/api/commands/shop/trusted?id=c-1&wait=30s")
                .then()
                .statusCode(200)
                .body("decision", hasItem("Approved"))
                .body("[0].event.via", equalTo(AccessOn.TRUSTED));
    }

    @Test
    void whoeverMayNotCommandTakesNobodysId() {
        // given
        waiting("shop/burnt");
        var approve = say("shop/burnt", "n-1", "approve", "");
        world.wire.send(new ProducerRecord<>(AccessOn.OPERATORS, approve.getBytes(UTF_8)));
        rejected("shop/burnt", "n-1");

        // when
        post("carol", approve).statusCode(202);

        // then
        world.awaitPhase("shop/burnt", Phase.PROMOTED);
    }

    @Test
    void aTopicAllowsWhatItIsFor() {
        // given
        waiting("shop/ops");
        var topic = AccessOn.OPERATORS;

        // when
        world.wire.send(new ProducerRecord<>(
                topic, say("shop/ops", "k-1", "approve", "").getBytes(UTF_8)));
        world.wire.send(
                new ProducerRecord<>(topic, say("pay/card", "k-2", "abort", "").getBytes(UTF_8)));
        world.wire.send(
                new ProducerRecord<>(topic, say("shop/ops", "k-3", "skip", "").getBytes(UTF_8)));

        // then
        assertThat(rejected("shop/ops", "k-1").reason()).contains("needs the role approver", topic);
        assertThat(rejected("pay/card", "k-2").reason()).contains("for the applications [shop/*] alone");
        assertThat(rejected("shop/ops", "k-3").reason()).contains("may not approve");

        // when
        world.wire.send(
                new ProducerRecord<>(topic, say("shop/ops", "k-4", "abort", "").getBytes(UTF_8)));

        // then
        world.awaitPhase("shop/ops", Phase.ROLLED_BACK);
    }

    @Test
    void aListShowsWhatIsTheCallers() {
        // given
        waiting("shop/listed");
        post("root", start("pay/hidden")).statusCode(202);
        world.awaitPhase("pay/hidden", Phase.AWAITING_APPROVAL);

        // then
        as("root").get("/api/rollouts").then().body("application", hasItem("pay/hidden"));
        as("vera")
                .get("/api/rollouts?limit=1000")
                .then()
                .statusCode(200)
                .body("application", hasItem("shop/listed"))
                .body("application", not(hasItem("pay/hidden")));
        as("vera").get("/api/rollouts?limit=1").then().body("size()", equalTo(1));
        assertThat(lookup.applications(Set.of(new ApplicationPattern("shop/*d")), null, null, 1000))
                .extracting(State::application)
                .contains("shop/listed")
                .allMatch(name -> name.matches("shop/.*d"));
        assertThat(lookup.applications(Set.of(), null, null, 1000)).isEmpty();
    }
}
