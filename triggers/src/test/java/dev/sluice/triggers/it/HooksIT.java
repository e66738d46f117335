package dev.sluice.triggers.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.sluice.sandbox.parts.KafkaTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Webhooks over HTTP with the door closed, and the commands that reach Kafka. */
@QuarkusTest
@TestProfile(HooksIT.Closed.class)
@QuarkusTestResource(value = KafkaTestResource.class, restrictToAnnotatedClass = true)
class HooksIT {
    private static final String SYNCED =
            "{\"uid\": \"u1\", \"application\": \"checkout\", \"project\": \"shop\", \"revision\": \"%s\"}";

    private Engine engine;

    /** With the rules of {@code deploy}. */
    public static final class Closed implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                var files = Files.createTempDirectory("rollouts");
                Files.writeString(files.resolve("checkout.yaml"), "version: v1\napplication: shop/checkout\n");
                return Map.ofEntries(
                        Map.entry("sluice.access.mode", "on"),
                        Map.entry("sluice.triggers.resources", "false"),
                        Map.entry(
                                "sluice.triggers.hooks.rules",
                                Path.of("deploy/rules.yaml").toString()),
                        Map.entry("sluice.triggers.hooks.files", files.toString()),
                        Map.entry("sluice.triggers.hooks.senders.argocd.kind", "argocd"),
                        Map.entry("sluice.triggers.hooks.senders.argocd.secret.value", "of-argo"),
                        Map.entry("sluice.triggers.hooks.senders.flux.kind", "flux-hmac"),
                        Map.entry("sluice.triggers.hooks.senders.flux.secret.value", "of-flux"),
                        Map.entry("sluice.triggers.hooks.senders.flux-plain.kind", "flux"),
                        Map.entry("sluice.triggers.hooks.senders.flux-plain.secret.value", "of-plain-flux"),
                        Map.entry("sluice.triggers.hooks.senders.github.kind", "github"),
                        Map.entry("sluice.triggers.hooks.senders.github.secret.value", "of-github"),
                        Map.entry("sluice.triggers.hooks.senders.ci.kind", "cdevents"),
                        Map.entry("sluice.triggers.hooks.senders.ci.secret.value", "of-ci"),
                        Map.entry("sluice.triggers.hooks.senders.gitlab.kind", "gitlab"),
                        Map.entry("sluice.triggers.hooks.senders.gitlab.secret.value", "of-gitlab"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeEach
    void open() {
        engine = new Engine(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static ValidatableResponse argo(String secret, String body) {
        var request = given().contentType("application/json").body(body);
        if (secret != null) {
            request.header("X-Sluice-Token", secret);
        }
        return request.post("/api/hooks/argocd").then();
    }

    private static String signature(String body) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("of-github".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aSyncIsOneStartHoweverOftenItIsTold() {
        // when
        var id = argo("of-argo", SYNCED.formatted("once"))
                .statusCode(202)
                .body("started", hasSize(1))
                .body("started[0].application", equalTo("shop/checkout"))
                .extract()
                .<String>path("started[0].id");
        argo("of-argo", SYNCED.formatted("once")).statusCode(202).body("started[0].id", equalTo(id));

        // then
        var start = engine.await("shop/checkout", "start");
        assertThat(engine.commands("shop/checkout").filter(one -> "once".equals(one.revision())))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.id()).isEqualTo(id));
        assertThat(start.automated()).isTrue();
    }

    @Test
    void aSignedPushStartsAndOneThatWasChangedDoesNot() throws Exception {
        // given
        var body =
                "{\"ref\": \"refs/tags/v7.0.0\", \"deleted\": false, \"repository\": {\"id\": 7, \"name\": \"checkout\"}}";
        var request = given().contentType("application/json")
                .header("X-GitHub-Event", "push")
                .header("X-Hub-Signature-256", signature(body));

        // when / then
        request.body(body)
                .post("/api/hooks/github")
                .then()
                .statusCode(202)
                .body("started[0].revision", equalTo("7.0.0"));
        request.body(body.replace("v7", "v8"))
                .post("/api/hooks/github")
                .then()
                .statusCode(403)
                .body("error", containsString("is not this sender's"));
    }

    @Test
    void whoShowsNoSecretOrAnotherIsRefusedWithWords() {
        argo(null, SYNCED.formatted("1")).statusCode(401).body("error", containsString("x-sluice-token"));
        argo("of-flux", SYNCED.formatted("1")).statusCode(403).body("todo", containsString("senders.argocd"));
        given().body("{}")
                .post("/api/hooks/nobody")
                .then()
                .statusCode(404)
                .body("todo", containsString("senders.nobody.kind"))
                .body("todo", not(containsString("argocd")));
    }

    @Test
    void whatCanNotBeCarriedOutIsRefusedWithWords() {
        argo("of-argo", "no json").statusCode(422);
        argo("of-argo", "[1]").statusCode(200).body("started", hasSize(0));
        argo("of-argo", SYNCED.formatted("1").replace("checkout", "cart"))
                .statusCode(422)
                .body("error", containsString("cart.yaml"));
        argo("of-argo", SYNCED.formatted("")).statusCode(422).body("error", containsString("revision"));
        argo("of-argo", "x".repeat((1 << 20) + 1)).statusCode(413);
    }

    @Test
    void theDoorIsClosedToEverythingElse() {
        given().get("/api/hooks/argocd").then().statusCode(401);
        given().get("/q/metrics").then().statusCode(401);
        given().post("/api/hooks/argocd/more").then().statusCode(401);
        given().get("/q/health/live").then().statusCode(200);
    }
}
