package dev.sluice.engine.webhook;

import static dev.sluice.engine.webhook.CalledServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.WebhookAnswer;
import dev.sluice.engine.core.WebhookAnswer.Outcome;
import dev.sluice.engine.core.state.Link;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against real servers: what is sent, what an answer means, and that no secret comes back. */
class CallerTest {
    private static final Map<String, String> LOCAL = Map.of("sluice.webhooks.networks", "127.0.0.0/8,::1/128");
    private static final Duration SHORT = Duration.ofMillis(300);

    private static Vertx vertx;

    private final CountDownLatch over = new CountDownLatch(1);
    private final CalledServer server = CalledServer.answering(200, "");
    private Caller caller;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void close() {
        over.countDown();
        server.close();
        if (caller != null) {
            caller.close();
        }
    }

    private WebhookAnswer call(Calls call) throws InterruptedException {
        return call(call, Map.of());
    }

    private WebhookAnswer call(Calls call, Map<String, String> more) throws InterruptedException {
        var settings = new HashMap<>(LOCAL);
        settings.putAll(more);
        return callBy(settings, call, null);
    }

    private WebhookAnswer callBy(Map<String, String> settings, Calls call, String callbackUri)
            throws InterruptedException {
        var config = Calls.config(settings);
        caller = new Caller(vertx, new Secrets(config), config, Clock.systemUTC());
        return caller.call(call.call(), callbackUri);
    }

    private String called() {
        return "POST 127.0.0.1 answered ";
    }

    @Test
    void saysWhoCallsAndWhichCallItIs() throws InterruptedException {
        // when
        var answer = call(Calls.to(server.url("/smoke")).id("shop/checkout/r1/prod é/3/1"));

        // then
        assertThat(answer)
                .isEqualTo(new WebhookAnswer(
                        "shop/checkout/r1/prod é/3/1", Outcome.ANSWERED, 200, called() + "200", List.of()));
        var came = server.came().getFirst();
        assertThat(came.method()).isEqualTo("POST");
        assertThat(came.uri()).isEqualTo("/smoke");
        assertThat(came.header("Idempotency-key")).isEqualTo("shop/checkout/r1/prod%20%C3%A9/3/1");
        assertThat(came.header("X-sluice-application")).isEqualTo("shop/checkout");
        assertThat(came.header("X-sluice-target")).isEqualTo("prod");
        assertThat(came.header("X-sluice-rollout")).isEqualTo("r1");
        assertThat(came.header("X-sluice-attempt")).isEqualTo("1");
        assertThat(came.header("X-sluice-callback")).isEmpty();
        assertThat(came.header("Host")).isEqualTo("127.0.0.1:" + server.port());
    }

    @Test
    void aValueStaysAValueWhereverItIsPutIn() throws InterruptedException {
        // given
        var call = Calls.to(server.url("/{{sluice.application}}?q={{ sluice.quoted }}"))
                .variable("quoted", "a\"b&c\nd")
                .body("{\"what\": \"{{armory.applicationName}} {{sluice.quoted}}\"}")
                .header("X-Env", "{{armory.environmentName}}");

        // when
        call(call);

        // then
        var came = server.came().getFirst();
        assertThat(came.uri()).isEqualTo("/shop%2Fcheckout?q=a%22b%26c%0Ad");
        assertThat(came.body()).isEqualTo("{\"what\": \"shop/checkout a\\\"b&c\\nd\"}");
        assertThat(came.header("X-env")).isEqualTo("prod");
        assertThat(came.header("Content-type")).isEqualTo("application/json");
    }

    @Test
    void tellsWhereTheCallbackGoes() throws InterruptedException {
        // given
        var uri = "https://sluice.example.com/api/webhooks/abc.def";

        // when
        callBy(LOCAL, Calls.to(server.url("/")).body("{\"to\": \"{{sluice.callbackUri}}\"}"), uri);

        // then
        assertThat(server.came().getFirst().body()).isEqualTo("{\"to\": \"" + uri + "\"}");
        assertThat(server.came().getFirst().header("X-sluice-callback")).isEqualTo(uri);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 500, 503})
    void failsByStatusWithTheServersWords(int status) throws InterruptedException {
        // given
        server.answer(exchange -> send(exchange, status, "out of\norder"));

        // when
        var answer = call(Calls.to(server.url("/")));

        // then
        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.words()).isEqualTo(called() + status + ": out of order");
    }

    @Test
    void followsNoRedirect() throws InterruptedException {
        // given
        try (var other = CalledServer.answering(200, "")) {
            server.answer(exchange -> {
                exchange.getResponseHeaders().add("Location", other.url("/"));
                send(exchange, 302, "");
            });

            // when
            var answer = call(Calls.to(server.url("/")));

            // then
            assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(answer.words()).contains("302").contains("not followed");
            assertThat(other.came()).isEmpty();
        }
    }

    @Test
    void givesUpOnWhoeverIsSlow() throws InterruptedException {
        // given
        server.answer(exchange -> over.await());

        // when
        var answer = call(Calls.to(server.url("/")).timeout(SHORT));

        // then
        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.status()).isNull();
        assertThat(answer.words()).startsWith("POST 127.0.0.1: gave no whole answer within ");
    }

    @Test
    void givesUpOnWhoeverNeverEnds() throws InterruptedException {
        // given
        server.answer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (!over.await(20, TimeUnit.MILLISECONDS)) {
                exchange.getResponseBody().write('.');
                exchange.getResponseBody().flush();
            }
        });

        // when
        var answer = call(Calls.to(server.url("/")).timeout(SHORT));

        // then
        assertThat(answer.words()).contains("gave no whole answer within ");
    }

    @Test
    void saysThatNobodyIsThere() throws IOException, InterruptedException {
        // given
        int port;
        try (var closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }

        // when
        var answer = call(Calls.to("http://127.0.0.1:" + port + "/"));

        // then
        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.words()).contains("could not be called: Connection refused");
    }

    @Test
    void readsNoMoreThanItMay() throws InterruptedException {
        // given
        server.answer(exchange -> send(exchange, 200, "x".repeat(1 << 20)));

        // when
        var taken = call(Calls.to(server.url("/")));
        var judged = call(Calls.to(server.url("/")).errorExpression("body == 'no'"));

        // then
        assertThat(taken.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(judged.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(judged.words()).contains("more than 65536 bytes").hasSizeLessThanOrEqualTo(1000);
    }

    @Test
    void judgesAGoodStatusByItsErrorExpression() throws InterruptedException {
        // given
        server.answer(exchange -> send(exchange, 200, "{\"state\": \"red\"}"));

        // when
        var red = call(Calls.to(server.url("/")).errorExpression("json.state != 'green'"));
        var green = call(Calls.to(server.url("/")).errorExpression("json.state == 'green'"));
        var none = call(Calls.to(server.url("/")).errorExpression("json.other == 'green'"));

        // then
        assertThat(red.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(red.words()).contains("errorExpression is true").contains("\"state\": \"red\"");
        assertThat(green.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(none.outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void noSecretComesBackInWhateverFormItIsRepeated() throws InterruptedException {
        // given
        var secret = "s3cr\"t/+ key";
        var base64 = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        server.answer(exchange -> {
            var body = "{\"a\": \"s3cr\\\"t/+ key\", \"b\": \"s3cr%22t%2F%2B%20key\", \"c\": \"" + base64
                    + "\", \"raw\": " + secret + "}";
            send(exchange, 500, body);
        });

        // when
        var answer = call(
                Calls.to(server.url("/")).header("Authorization", "Bearer {{secrets.token}}"),
                Map.of("sluice.secrets.token", secret));

        // then
        assertThat(server.came().getFirst().header("Authorization")).isEqualTo("Bearer " + secret);
        assertThat(answer.words())
                .contains("•••")
                .doesNotContain("s3cr")
                .doesNotContain(base64.replace("=", ""))
                .contains("\"raw\": •••");
    }

    @Test
    void aSecretUrlIsCalledAndNoPartOfItToldButItsHost() throws InterruptedException {
        // given
        server.answer(exchange -> send(exchange, 404, "no hook at /services/T0001/hunter2hunter2 or hunter2hunter2"));

        // when
        var answer = call(
                Calls.to("{{secrets.hook}}"),
                Map.of("sluice.secrets.hook", server.url("/services/T0001/hunter2hunter2")));

        // then
        assertThat(server.came().getFirst().uri()).isEqualTo("/services/T0001/hunter2hunter2");
        assertThat(answer.words())
                .startsWith(called() + "404")
                .doesNotContain("hunter2")
                .doesNotContain("T0001");
    }

    @Test
    void aCallbacksTokenIsASecret() throws InterruptedException {
        // given
        server.answer(exchange -> send(exchange, 400, "what is abc.def?"));

        // when
        var answer = callBy(LOCAL, Calls.to(server.url("/")), "https://sluice.example.com/api/webhooks/abc.def");

        // then
        assertThat(answer.words()).isEqualTo(called() + "400: what is •••?");
    }

    @Test
    void readsASecretsFileAnewForEachCall(@TempDir Path folder) throws IOException, InterruptedException {
        // given
        var settings = Map.of("sluice.webhooks.secrets-directory", folder.toString());
        var call = Calls.to(server.url("/")).header("X-Key", "{{secrets.api-key}}");
        Files.writeString(folder.resolve("api-key"), "first\n");

        // when
        call(call, settings);
        Files.writeString(folder.resolve("api-key"), "second\n");
        call(call, settings);

        // then
        assertThat(server.came()).extracting(came -> came.header("X-key")).containsExactly("first", "second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{secrets.nobodys}}", "{{secrets.../etc/passwd}}", "{{sluice.weather}}", "{{other}}"})
    void doesNotCallWithANameThatIsNotKnown(String name) throws InterruptedException {
        // when
        var answer = call(Calls.to(server.url("/")).body(name));

        // then
        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.words()).startsWith("webhook smoke-test: ").containsAnyOf("is not known", "no secret's name");
        assertThat(server.came()).isEmpty();
    }

    @Test
    void aSecretThatNoHeaderMayHaveIsRefusedAndNotShown() throws InterruptedException {
        // when
        var answer = call(
                Calls.to(server.url("/")).header("X-Key", "{{secrets.two-lines}}"),
                Map.of("sluice.secrets.two-lines", "hunter\r\nX-Admin: yes"));

        // then
        assertThat(answer.words()).contains("X-Key has characters").doesNotContain("hunter");
        assertThat(server.came()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "content-length", "Transfer-Encoding", "idempotency-key", "X Y"})
    void refusesHeadersThatAreNotTheFilesToSet(String name) throws InterruptedException {
        // when
        var answer = call(Calls.to(server.url("/")).header(name, "1"));

        // then
        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(server.came()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "2130706433", "127.1", "[::1]", "[::ffff:127.0.0.1]"})
    void callsNobodyOnItsOwnMachineUnlessAllowed(String host) throws InterruptedException {
        // when
        var answer = callBy(Map.of(), Calls.to("http://" + host + ":" + server.port() + "/"), null);

        // then
        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.words()).containsAnyOf("a loopback address", "must begin with");
        assertThat(server.came()).isEmpty();
    }

    @Test
    void callsWhoeverIsAllowedByName() throws InterruptedException {
        // when
        var answer = call(
                Calls.to("http://localhost:" + server.port() + "/"),
                Map.of("sluice.webhooks.hosts", "*.example.com,localhost"));
        var other = call(Calls.to(server.url("/")), Map.of("sluice.webhooks.hosts", "*.example.com,localhost"));

        // then
        assertThat(answer.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(server.came().getFirst().header("Host")).isEqualTo("localhost:" + server.port());
        assertThat(other.words()).contains("calling 127.0.0.1 is not allowed").contains("sluice.webhooks.hosts");
        assertThat(server.came()).hasSize(1);
    }

    @Test
    void callsNobodyOnceNobodyWaits() throws InterruptedException {
        // when
        var answer = call(Calls.to(server.url("/")).notAfter(Instant.now().minusSeconds(1)));

        // then
        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.words()).contains("nobody waits for it");
        assertThat(server.came()).isEmpty();
    }

    @Test
    void handsTheLinksOfAnAnswerOn() throws InterruptedException {
        // given
        server.answer(exchange -> send(exchange, 200, """
                {"links": [{"name": "log", "url": "https://ci.example.com/7"}, {"url": "http://ci.example.com/8"},
                 {"name": "bad", "url": "javascript:alert(1)"}, {"name": "told", "url": "https://x.example.com/hunter2"},
                 {"name": "user", "url": "https://a:b@example.com/"}, "none", {"name": "no url"}]}"""));

        // when
        var answer = call(
                Calls.to(server.url("/")).header("X-Key", "{{secrets.key}}"), Map.of("sluice.secrets.key", "hunter2"));

        // then
        assertThat(answer.links())
                .containsExactly(
                        new Link("log", "https://ci.example.com/7"),
                        new Link("ci.example.com", "http://ci.example.com/8"));
    }

    @Test
    void takesOnlySoManyLinks() throws InterruptedException {
        // given
        var links = IntStream.range(0, 100)
                .mapToObj(i -> "{\"name\": \"" + "n".repeat(500) + "\", \"url\": \"https://example.com/" + i + "\"}")
                .collect(Collectors.joining(","));
        server.answer(exchange -> send(exchange, 200, "{\"links\": [" + links + "]}"));

        // when
        var answer = call(Calls.to(server.url("/")));

        // then
        assertThat(answer.links()).hasSize(20).allMatch(link -> link.name().length() == 100);
    }
}
