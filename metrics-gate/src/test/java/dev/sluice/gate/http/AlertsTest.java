package dev.sluice.gate.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;

import dev.sluice.gate.Bus;
import dev.sluice.gate.Shop;
import dev.sluice.gate.alert.Webhooks;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Rule;
import dev.sluice.schemas.wire.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Monitors' webhooks, through a real broker to a verdict. */
@QuarkusTest
@TestProfile(AlertsTest.Configured.class)
@QuarkusTestResource(KafkaTestResource.class)
class AlertsTest {
    private static final String SECRET = "s3cret-of-the-test";
    private static final Duration LONG = Duration.ofMinutes(5);

    public static final class Configured implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.ofEntries(
                    Map.entry("test.alerts.token", SECRET),
                    Map.entry("sluice.gate.alerts.alertmanager.application", "{namespace}/{service}"),
                    Map.entry("sluice.gate.alerts.alertmanager.target", "prod"),
                    Map.entry("sluice.gate.alerts.alertmanager.token.key", "test.alerts.token"),
                    Map.entry(
                            "sluice.gate.alerts.cloudwatch.extract.alertname",
                            "(?P<namespace>[^-]+)-(?P<app>[^-]+)-.*"),
                    Map.entry("sluice.gate.alerts.cloudwatch.application", "{namespace}/{app}"),
                    Map.entry("sluice.gate.alerts.cloudwatch.target", "cloud"),
                    Map.entry("sluice.gate.alerts.cloudwatch.sns.verify", "false"),
                    Map.entry("sluice.gate.alerts.cloudwatch.token.key", "test.alerts.token"),
                    Map.entry("sluice.gate.alerts.datadog.application", "{team}/{service}"),
                    Map.entry("sluice.gate.alerts.datadog.target", "{env}"),
                    Map.entry("sluice.gate.alerts.generic.pointers.alerts", "/items"),
                    Map.entry("sluice.gate.alerts.generic.pointers.alert", "/rule/name"),
                    Map.entry("sluice.gate.alerts.generic.pointers.application", "/rule/app"),
                    Map.entry("sluice.gate.alerts.generic.pointers.state", "/status"),
                    Map.entry("sluice.gate.alerts.generic.firing", "open|ack"),
                    Map.entry("sluice.gate.alerts.generic.resolved", "closed"),
                    Map.entry("sluice.gate.alerts.generic.target", "prod"));
        }
    }

    private Bus bus;

    @BeforeEach
    void connect() {
        bus = new Bus(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class), "rollout.");
    }

    @AfterEach
    void disconnect() {
        bus.close();
    }

    private void open(String application, String target, String alert) {
        var shop = new Shop(application, target);
        var query = new Query("pages", new Question.Alert(alert, Map.of()), new Rule.Itself(), Evaluation.CONTINUOUS);
        bus.open(shop.set(1, shop.analysis("step-1", Instant.now(), LONG, 1, query)));
    }

    private Verdict verdict(String application, String target) {
        return bus.verdict("r-" + application + "/" + target + "/step-1/1/1");
    }

    private static ValidatableResponse post(String monitor, String body) {
        return given().header("Authorization", "Bearer " + SECRET)
                .contentType("application/json")
                .body(body)
                .post("/api/alerts/" + monitor)
                .then();
    }

    @Test
    @DisplayName(
            "an alert of Alertmanager's that began an hour ago still fails a canary, whatever else is in its group")
    void alertmanagerFailsACanary() {
        // given
        open("shop/am", "prod", "High.*");
        var began = Instant.now().minus(Duration.ofHours(1));

        // when
        post(
                        "alertmanager",
                        Webhooks.alertmanager(
                                Webhooks.alert("firing", "am", began, null),
                                Webhooks.alert("resolved", "am-cart", began, Instant.now()),
                                Webhooks.alert("firing", "No App", began, null)))
                .statusCode(200)
                .body("mapped", equalTo(2))
                .body("notMapped", equalTo(1))
                .body("reasons.no-application", equalTo(1))
                .body("alerts[0].alert", equalTo("HighErrorRate"));

        // then
        var verdict = verdict("shop/am", "prod");
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict.queries().getFirst().words())
                .startsWith("HighErrorRate {namespace=shop, service=am, severity=page} firing since ");
    }

    @Test
    @DisplayName(
            "what is told again is the same alert, and its end counts though it lies before the last time it was told")
    void anEndCountsThoughTheAlertWasToldAgainAfterIt() {
        // given
        var began = Instant.now().minus(Duration.ofHours(1));
        var ended = Instant.now().minusSeconds(5);
        post("alertmanager", Webhooks.alertmanager("firing", "again", began, null))
                .statusCode(200);
        post("alertmanager", Webhooks.alertmanager("firing", "again", began, null))
                .statusCode(200);
        post("alertmanager", Webhooks.alertmanager("resolved", "again", began, ended))
                .statusCode(200);
        var shop = Shop.named("shop/again");
        var query = new Query("pages", new Question.Alert("High.*", Map.of()), new Rule.Itself(), Evaluation.INTERVAL);

        // when
        bus.open(shop.set(1, shop.analysis("step-1", Instant.now(), Duration.ofSeconds(1), 1, query)));

        // then
        assertThat(verdict("shop/again", "prod").outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void cloudWatchFailsACanaryThroughSnsAndThroughEventBridge() throws Exception {
        // given
        var now = Instant.now().toString().substring(0, 19) + ".000+0000";
        open("sns/checkout", "cloud", "sns-.*");
        open("bridge/checkout", "cloud", "bridge-.*");
        var envelope = Json.mapper()
                .createObjectNode()
                .put("Type", "Notification")
                .put("TopicArn", "arn:aws:sns:us-east-1:123456789012:alarms")
                .put("Message", Webhooks.alarm("ALARM", now).replace("shop-checkout", "sns-checkout"));

        // when
        given().contentType("text/plain; charset=UTF-8")
                .header("x-amz-sns-message-type", "Notification")
                .body(envelope.toString())
                .post("/api/alerts/cloudwatch?token=" + SECRET)
                .then()
                .statusCode(200)
                .body("mapped", equalTo(1));
        post("cloudwatch", Webhooks.stateChange("ALARM", now).replace("shop-checkout", "bridge-checkout"))
                .statusCode(200);
        post("cloudwatch", Webhooks.alarm("INSUFFICIENT_DATA", now))
                .statusCode(200)
                .body("mapped", equalTo(0))
                .body("reasons.no-state", equalTo(1));

        // then
        assertThat(verdict("sns/checkout", "cloud").outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict("bridge/checkout", "cloud").outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void datadogFailsACanary() {
        // given
        open("shop/checkout", "prod", "errors");

        // when
        post(
                        "datadog",
                        Webhooks.datadog(
                                "Triggered", "error", "[Triggered on {host:web-1}] errors", System.currentTimeMillis()))
                .statusCode(200)
                .body("mapped", equalTo(1));

        // then
        assertThat(verdict("shop/checkout", "prod").outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void anyJsonFailsACanaryWherePointersSayWhatItMeans() {
        // given
        open("shop/any", "prod", "Errors");

        // when
        post(
                        "generic",
                        "{\"items\":[{\"rule\":{\"name\":\"Errors\",\"app\":\"shop/any\"},\"status\":\"Open\"},"
                                + "{\"rule\":{\"name\":\"Errors\",\"app\":\"shop/any\"},\"status\":\"muted\"}]}")
                .statusCode(200)
                .body("mapped", equalTo(1))
                .body("reasons.no-state", equalTo(1));

        // then
        assertThat(verdict("shop/any", "prod").outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    @DisplayName("no monitor speaks for the gate to its rules, whatever its mapping makes of an alert")
    void tellsRulesNothing() {
        post(
                        "generic",
                        "{\"items\":[{\"rule\":{\"name\":\"Errors\",\"app\":\"sluice.freezes\"},\"status\":\"closed\"}]}")
                .statusCode(200)
                .body("mapped", equalTo(0))
                .body("reasons.not-allowed", equalTo(1));
    }

    @Test
    void refusesAMonitorThatThereIsNotAndNamesThoseThatThereAre() {
        post("pingdom", "{}")
                .statusCode(404)
                .body("error", containsString("[alertmanager, cloudwatch, datadog, generic]"));
    }

    @Test
    void refusesWhoeverShowsNoTokenOrAnother() {
        var body = Webhooks.alertmanager("firing", "checkout", Instant.now(), null);
        given().body(body)
                .post("/api/alerts/alertmanager")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", startsWith("Basic"));
        for (var shown :
                new String[] {"Bearer wrong", "Bearer ", "Basic %%%", "Basic " + base64("sns"), "Digest x", SECRET}) {
            given().header("Authorization", shown)
                    .body(body)
                    .post("/api/alerts/alertmanager")
                    .then()
                    .statusCode(401)
                    .body("error", equalTo("the request shows no token, or not the right one"));
        }
        given().header("Authorization", "Basic " + base64("sns:" + SECRET))
                .body(body)
                .post("/api/alerts/alertmanager")
                .then()
                .statusCode(200);
    }

    private static String base64(String text) {
        return java.util.Base64.getEncoder().encodeToString(Bus.utf8(text));
    }

    @Test
    @DisplayName("B25 what nobody can read, and what is too much, is refused with the reason")
    void refusesHostileBodies() {
        post("alertmanager", "not json").statusCode(400).body("error", containsString("JSON"));
        post("alertmanager", "{}").statusCode(400).body("error", containsString("alerts"));
        given().header("Authorization", "Bearer " + SECRET)
                .post("/api/alerts/alertmanager")
                .then()
                .statusCode(400);
        post("alertmanager", "[".repeat(40)).statusCode(400);
        post("datadog", "{\"title\":\"[Triggered] errors\"}")
                .statusCode(400)
                .body("error", containsString("docs/alerts.md"));
        post(
                        "cloudwatch",
                        "{\"Type\":\"SubscriptionConfirmation\",\"TopicArn\":\"a\",\"SubscribeURL\":\"https://evil.example/\"}")
                .statusCode(403);
        post("alertmanager", " ".repeat(2 << 20)).statusCode(413);
        var one = Webhooks.alert("firing", "checkout", Instant.now(), null);
        post("alertmanager", Webhooks.alertmanager((one + ",").repeat(1000) + one))
                .statusCode(413);
        var random = new Random(20261130);
        for (int i = 0; i < 100; i++) {
            var text = Webhooks.alertmanager("firing", "checkout", Instant.now(), null);
            post("alertmanager", text.substring(0, random.nextInt(text.length())))
                    .statusCode(oneOf(400));
        }
    }
}
