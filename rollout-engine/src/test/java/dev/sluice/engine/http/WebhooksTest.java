package dev.sluice.engine.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.shell.CallbackDesk;
import dev.sluice.engine.webhook.CallbackToken;
import dev.sluice.engine.webhook.CalledServer;
import dev.sluice.engine.webhook.Calls;
import dev.sluice.engine.webhook.WebhookSettings;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.PostgresTestResource;
import dev.sluice.schemas.wire.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callbacks by HTTP: who may tell how a call went, and how often. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(WebhookSettings.class)
class WebhooksTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String GOOD = "{\"success\": true, \"reason\": \"all green\"}";

    @Inject
    Database database;

    @Inject
    CallbackDesk desk;

    /** The path of a callback's URL, from a call that was really made. */
    private String called(String id) throws Exception {
        try (var server = CalledServer.answering(202, "")) {
            var call = Calls.to(server.url("/")).id(id).withCallback().call();
            var json = Json.mapper().writeValueAsString(call);
            database.alone(session -> session.createNativeQuery("""
                            insert into webhook_call (id, application, target, host, timeout_millis, call)
                            values (:id, 'shop/checkout', 'prod', 'h', 20000, cast(cast(:call as text) as jsonb))""")
                    .setParameter("id", id)
                    .setParameter("call", json)
                    .executeUpdate());
            await().atMost(LONGEST).until(() -> !server.came().isEmpty());
            var uri = server.came().getFirst().header("X-sluice-callback");
            assertThat(uri).startsWith("http://localhost:8080/api/webhooks/");
            return uri.substring("http://localhost:8080".length());
        }
    }

    private static ValidatableResponse post(String path, String body) {
        return given().contentType(ContentType.JSON)
                .urlEncodingEnabled(false)
                .body(body)
                .post(path)
                .then();
    }

    @Test
    void aCallbackThatNobodyWaitsForIsToldSoEveryTime() throws Exception {
        // given
        var path = called("http/late/1");

        // when
        var first = post(path, GOOD).statusCode(410).extract().asString();
        var again = post(path, "{\"success\": false}").statusCode(410).extract().asString();

        // then
        assertThat(first).contains("nobody waits for a callback");
        assertThat(again).isEqualTo(first);
        assertThat(number("select count(*) from webhook_callback where call = 'http/late/1'"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/callback"})
    void oneThatWasTakenHasTheSameAnswerAgainAndChangesNothing(String suffix) throws Exception {
        // given
        var id = "http/taken/1" + suffix.replace('/', '-');
        var path = called(id);
        run("insert into webhook_callback (call, taken, words, at) values ('" + id + "', true, '', now())");

        // when / then
        post(path + suffix, GOOD).statusCode(200).body("call", equalTo(id));
        post(path + suffix, "{\"success\": false}").statusCode(200).body("call", equalTo(id));
        assertThat(number("select count(*) from webhook_callback where taken and call = '" + id + "'"))
                .isEqualTo(1);
    }

    @Test
    void aForgedTokenIsNotFound() throws Exception {
        // given
        var path = called("http/forged/1");
        var claim = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("shop/a\nhttp/forged/2".getBytes(StandardCharsets.UTF_8));
        var signature = path.substring(path.indexOf('.'));
        var othersKey = new CallbackToken("shop/a", "http/forged/1").signed(new byte[CallbackToken.KEY_BYTES]);

        // when / then
        for (var token : new String[] {claim + signature, othersKey, "nonsense", "a.b"}) {
            post("/api/webhooks/" + token, GOOD)
                    .statusCode(404)
                    .body("error", containsString("Nothing waits"))
                    .body("todo", containsString("{{sluice.callbackUri}}"));
        }
        assertThat(number("select count(*) from webhook_callback where call like 'http/forged/%'"))
                .isZero();
    }

    @Test
    void aBodyThatSaysNothingIsRefusedAndUsesNothingUp() throws Exception {
        // given
        var path = called("http/body/1");

        // when / then
        post(path, "{\"done\": true}").statusCode(422).body("todo", containsString("\"success\": true"));
        post(path, "no JSON").statusCode(422);
        post(path, "{\"success\": true, \"reason\": \"" + "x".repeat(70_000) + "\"}")
                .statusCode(413);
        assertThat(number("select count(*) from webhook_callback where call = 'http/body/1'"))
                .isZero();
    }

    @Test
    void allInstancesSignWithTheSameKey() {
        // given
        var token = desk.read("nonsense");

        // when / then
        assertThat(token).isEmpty();
        assertThat(number("select count(*) from webhook_key where length(key) = 32"))
                .isEqualTo(1);
    }

    private void run(String sql) {
        database.alone(session -> session.createNativeQuery(sql).executeUpdate());
    }

    private long number(String sql) {
        return database.alone(
                session -> session.createNativeQuery(sql, Long.class).getSingleResult());
    }
}
