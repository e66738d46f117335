package dev.sluice.gate.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.sluice.sandbox.parts.FreePort;
import io.smallrye.config.EnvConfigSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricProvidersTest {
    private static final String ONE = """
            {"status":"success","data":{"resultType":"scalar","result":[1796032800,"1"]}}""";

    private final FakeServer server = new FakeServer();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    @DisplayName("B11 an outage is tried again until it is over")
    void asksAgainUntilTheServerAnswers() {
        // given
        server.says(503, "").says(502, "<html>bad gateway</html>").says(200, ONE);

        // when
        var answer = answer(Map.of(), Asked.LONG);

        // then
        assertThat(answer).isEqualTo(new Answer.Found(1, Answer.UNKNOWN));
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    @DisplayName("B11 an outage that outlasts the question is an error that may be tried again")
    void saysWhatWasWrongWhenTheTimeIsOver() {
        // given
        server.says(503, "");

        // when
        var answer = answer(Map.of(), Duration.ofSeconds(1));

        // then
        assertThat(answer).isInstanceOfSatisfying(Answer.Failed.class, failed -> {
            assertThat(failed.retryable()).isTrue();
            assertThat(failed.words()).matches("main: the server answered 503 \\(tried [2-9] times\\)");
        });
    }

    @Test
    void failsWhereNobodyListens() {
        // given
        var port = FreePort.any();
        try (var asked = Asked.with(settings("http://127.0.0.1:" + port, Map.of()))) {
            // when
            var answer = asked.answer("main", Asked.question("1", Map.of()), Duration.ofMillis(500));

            // then
            assertThat(answer).isInstanceOfSatisfying(Answer.Failed.class, failed -> {
                assertThat(failed.retryable()).isTrue();
                assertThat(failed.words())
                        .startsWith("main: 127.0.0.1:" + port + " could not be asked (ConnectException");
            });
        }
    }

    @Test
    void doesNotAskABadQuestionTwice() {
        // given
        server.says(400, """
                {"status":"error","errorType":"bad_data","error":"1:3: parse error: unexpected end of input"}""");

        // when
        var answer = answer(Map.of(), Asked.LONG);

        // then
        assertThat(answer)
                .isEqualTo(new Answer.Failed(
                        "main: the server answered 400: bad_data 1:3: parse error: unexpected end of input", false));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void givesUpOnAServerThatKeepsSilent() {
        // given
        server.saysNothing().says(200, ONE);

        // when
        var answer = answer(Map.of("main.timeout", "PT0.2S"), Asked.LONG);

        // then
        assertThat(answer).isInstanceOf(Answer.Found.class);
    }

    @Test
    @DisplayName("B25 an answer is read up to a bound")
    void readsNoEndlessAnswer() {
        // given
        server.says(200, ONE + " ".repeat(5000));

        // when
        var answer = answer(Map.of("main.max-response-bytes", "1000"), Asked.LONG);

        // then
        assertThat(answer).isInstanceOfSatisfying(Answer.Failed.class, failed -> {
            assertThat(failed.retryable()).isFalse();
            assertThat(failed.words()).endsWith("the answer is longer than 1000 bytes");
        });
    }

    @Test
    @DisplayName("B25 no more than so many questions wait, and B39 no other provider waits with them")
    void turnsAwayWhatFindsNoRoom() {
        // given
        server.saysNothing();
        try (var healthy = new FakeServer().says(200, ONE)) {
            var settings = new HashMap<>(settings(server.url(), Map.of("main.in-flight", "2", "main.waiting", "1")));
            settings.put("other.type", "prometheus");
            settings.put("other.url", healthy.url());
            try (var asked = Asked.with(settings)) {
                var question = Asked.question("1", Map.of());
                var waiting = new ArrayList<CompletableFuture<Answer>>();
                for (var i = 0; i < 3; i++) {
                    waiting.add(
                            asked.providers.ask("main", question, Asked.LONG).toCompletableFuture());
                }
                await().until(() -> server.requests().size() == 2);

                // when
                var fourth = asked.answer("main", question, Duration.ofMillis(500));
                var other = asked.answer("other", question, Asked.LONG);

                // then
                assertThat(fourth)
                        .isEqualTo(new Answer.Failed(
                                "main: has 3 questions waiting already; this one was turned away", true));
                assertThat(other).isInstanceOf(Answer.Found.class);
                assertThat(server.requests()).hasSize(2);
                assertThat(waiting).noneMatch(CompletableFuture::isDone);
            }
        }
    }

    @Test
    @DisplayName("What found no room is asked once there is some, within its time")
    void comesAgainWhereThereWasNoRoom() {
        // given
        server.says(200, ONE);
        try (var asked = Asked.with(settings(server.url(), Map.of("main.in-flight", "1", "main.waiting", "0")))) {
            // when
            var answers = new ArrayList<CompletableFuture<Answer>>();
            for (var i = 0; i < 5; i++) {
                answers.add(asked.providers
                        .ask("main", Asked.question("1", Map.of()), Asked.LONG)
                        .toCompletableFuture());
            }

            // then
            assertThat(answers).extracting(CompletableFuture::join).hasOnlyElementsOfType(Answer.Found.class);
        }
    }

    @Test
    void refusesSettingsOfFormatsThatThereArent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Asked.of(Map.of(
                        "sluice.gate.formats.\"theirs\".mapping.whem.reporter", "destination",
                        "sluice.gate.formats.\"theirs\".mapping.when.reporter", "destination",
                        "sluice.gate.ways-in.otlp.presett", "otel",
                        "sluice.gate.ways-in.otlp.target", "prod")))
                .withMessageEndingWith(
                        ": sluice.gate.formats.\"theirs\".mapping.whem.reporter, sluice.gate.ways-in.otlp.presett");
    }

    @Test
    void hasRoomAgainOnceAQuestionIsAnswered() {
        // given
        server.says(200, ONE);
        try (var asked = Asked.with(settings(server.url(), Map.of("main.in-flight", "1", "main.waiting", "0")))) {
            // when / then
            for (var i = 0; i < 5; i++) {
                assertThat(asked.answer("main", "1")).isInstanceOf(Answer.Found.class);
            }
        }
    }

    @Test
    void answersThatNoTurnCame() {
        // given
        server.saysNothing();
        try (var asked = Asked.with(settings(server.url(), Map.of("main.in-flight", "1", "main.waiting", "1")))) {
            var question = Asked.question("1", Map.of());
            var first = asked.providers.ask("main", question, Asked.LONG).toCompletableFuture();
            await().until(() -> server.requests().size() == 1);

            // when
            var second = asked.answer("main", question, Duration.ofMillis(200));

            // then
            assertThat(second).isEqualTo(new Answer.Failed("main: no turn came", true));
            assertThat(first).isNotDone();
        }
    }

    @Test
    void givesUpWhatIsStillAskedWhenTheGateEnds() {
        // given
        server.saysNothing();
        var asked = Asked.with(settings(server.url(), Map.of()));
        var question = Asked.question("1", Map.of());
        var waiting = asked.providers.ask("main", question, Asked.LONG).toCompletableFuture();
        await().until(() -> server.requests().size() == 1);

        // when
        asked.close();

        // then
        var ended = new Answer.Failed("main: is not asked any more: the gate ends", true);
        await().until(waiting::isDone);
        assertThat(waiting).isCompletedWithValue(ended);
        assertThat(asked.answer("main", "1")).isEqualTo(ended);
    }

    @Test
    void takesAnAnswerWithAWarningForAPartOfTheData() {
        // given
        server.says(200, ONE.replace("}}", "},\"warnings\":[\"store-2 is away\"]}"));

        // when / then
        assertThat(answer(Map.of(), Duration.ofMillis(300))).isInstanceOfSatisfying(Answer.Failed.class, failed -> {
            assertThat(failed.words()).startsWith("main: the server warns: store-2 is away");
            assertThat(failed.retryable()).isTrue();
        });
        assertThat(answer(Map.of("main.prometheus.accept-warnings", "true"), Asked.LONG))
                .isInstanceOf(Answer.Found.class);
    }

    @Test
    void followsNoRedirect() {
        // given
        server.says(302, "");

        // when
        var answer = answer(Map.of(), Asked.LONG);

        // then
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.words())
                                .startsWith("main: the server answered 302 (it sends elsewhere"));
    }

    @Test
    void namesTheProvidersThatThereAre() {
        // given
        server.says(200, ONE);
        try (var asked = Asked.with(settings(server.url(), Map.of()))) {
            // when / then
            assertThat(asked.answer("mian", "1"))
                    .isEqualTo(new Answer.Failed("there is no metric provider mian; configured are main", false));
            assertThat(asked.providers.names()).containsExactly("main");
        }
        try (var none = Asked.with(Map.of())) {
            assertThat(none.answer("main", "1"))
                    .isEqualTo(new Answer.Failed("there is no metric provider main; none is configured", false));
        }
    }

    @Test
    void refusesSettingsThatCannotWork() {
        assertRefused(Map.of("main.type", "graphite"), "type graphite is none of http-json, prometheus");
        assertRefused(Map.of("main.url", "prometheus:9090"), "url must begin with http:// or https:// and a host");
        assertRefused(Map.of("main.url", "http://me:secret@host"), "url must not name a user: see auth");
        assertRefused(Map.of("main.auth.type", "digest"), "auth.type digest is none of none, bearer, basic, aws");
        assertRefused(Map.of("main.auth.type", "bearer"), "auth.token needs a secret: either `key` or `file`");
        assertRefused(Map.of("main.auth.type", "basic"), "auth.user is missing");
        assertRefused(
                Map.of("main.auth.type", "bearer", "main.auth.token.key", "NOBODY_SET_THIS"),
                "auth.token.key names NOBODY_SET_THIS, and neither the environment nor the configuration has it");
        assertRefused(Map.of("main.tls", "internal"), "tls names internal, and there is no quarkus.tls.internal");
        assertRefused(Map.of("main.headers.Host.value", "other"), "headers.Host cannot be set");
        assertRefused(Map.of("main.in-flight", "0"), "in-flight must be 1 or more, waiting 0 or more");
    }

    @Test
    void refusesSettingsThatThereAreNot() {
        // given / when / then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Asked.with(settings(
                        server.url(),
                        Map.of("main.json.seriespointer", "/series/*", "main.json.expect.\"/status\"", "ok"))))
                .withMessage(
                        "no settings of metric providers, alerts, formats or ways in: sluice.gate.providers.main.json.seriespointer");
    }

    @Test
    void showsTheSecretToTheServerOnly() throws Exception {
        // given
        var secret = Files.writeString(folder.resolve("token"), "hunter2\n");
        server.says(403, "hunter2 is wrong");
        var settings = Map.of(
                "main.auth.type", "bearer",
                "main.auth.token.file", secret.toString(),
                "main.headers.X-Scope-OrgID.value", "{{application}}");
        try (var asked = Asked.with(settings(server.url(), settings))) {
            // when
            var answer = asked.answer("main", Asked.question("1", Map.of("application", "shop")), Asked.LONG);

            // then
            assertThat(server.request().header("Authorization")).isEqualTo("Bearer hunter2");
            assertThat(server.request().header("X-Scope-OrgID")).isEqualTo("shop");
            assertThat(answer)
                    .isEqualTo(new Answer.Failed(
                            "main: the server answered 403 (it does not take the credentials)", false));

            // when
            Files.writeString(secret, "replaced");
            asked.answer("main", Asked.question("1", Map.of("application", "shop")), Asked.LONG);

            // then
            assertThat(server.request().header("Authorization")).isEqualTo("Bearer replaced");
        }
    }

    @Test
    void isSetByEnvironmentVariables() {
        // given
        var environment = Map.of(
                "SLUICE_GATE_PROVIDERS_MAIN_TYPE", "prometheus",
                "SLUICE_GATE_PROVIDERS_MAIN_URL", server.url(),
                "SLUICE_GATE_PROVIDERS_MAIN_HEADERS_TENANT_VALUE", "shop");
        server.says(200, ONE);
        try (var asked = Asked.by(new EnvConfigSource(environment, 300))) {
            // when
            asked.answer("main", "1");

            // then
            assertThat(server.request().header("tenant")).isEqualTo("shop");
        }
    }

    @Test
    void authorizesByUserAndPassword() throws Exception {
        // given
        var secret = Files.writeString(folder.resolve("password"), "open sesame");
        server.says(200, ONE);

        // when
        answer(
                Map.of(
                        "main.auth.type", "basic",
                        "main.auth.user", "Aladdin",
                        "main.auth.password.file", secret.toString()),
                Asked.LONG);

        // then: the example of RFC 7617
        assertThat(server.request().header("Authorization")).isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }

    private Answer answer(Map<String, String> settings, Duration within) {
        try (var asked = Asked.with(settings(server.url(), settings))) {
            return asked.answer("main", Asked.question("1", Map.of()), within);
        }
    }

    private void assertRefused(Map<String, String> settings, String words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Asked.with(settings(server.url(), settings)))
                .withMessage("sluice.gate.providers.\"main\": " + words);
    }

    private static Map<String, String> settings(String url, Map<String, String> more) {
        var all = new HashMap<>(Map.of("main.type", "prometheus", "main.url", url));
        all.putAll(more);
        return all;
    }
}
