package dev.sluice.gate.source.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.gate.source.Answer;
import dev.sluice.gate.source.Asked;
import dev.sluice.gate.source.FakeServer;
import dev.sluice.gate.source.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpJsonTest {
    private final FakeServer server = new FakeServer();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"last, 6", "first, 1", "mean, 3", "sum, 9", "max, 6", "min, 1", "count, 3"})
    void makesOneNumberOfSeveral(String reducer, double expected) {
        // given / when / then
        assertThat(answer("{\"v\":[1,null,2,\"6\"]}", Map.of("json.reducer", reducer)))
                .isEqualTo(new Answer.Found(expected, Answer.UNKNOWN));
    }

    @ParameterizedTest
    @CsvSource({"last", "mean", "sum", "max", "min"})
    void givesNanOnWhateverReducesIt(String reducer) {
        // given / when / then
        assertThat(answer("{\"v\":[1,\"NaN\"]}", Map.of("json.reducer", reducer)))
                .isEqualTo(new Answer.Found(Double.NaN, Answer.UNKNOWN));
    }

    @Test
    void saysWhatItAsksWithoutItsOwnUrlAndBody() {
        // given
        var settings = Map.of(
                "main.type", "http-json",
                "main.url", "https://metrics.example/{{context.key}}",
                "main.json.method", "POST",
                "main.json.body", "{\"key\": \"secret\", \"q\": \"{{query}}\"}",
                "main.json.pointer", "/v");
        var question = Asked.question("SELECT x WHERE pod = '{{pod}}'", Map.of("pod", "o'neill", "context.key", "k"));

        // when
        try (var asked = Asked.with(settings)) {
            // then
            assertThat(asked.providers.text("main", question)).contains("SELECT x WHERE pod = 'o\\'neill'");
            assertThat(asked.providers.text("nobody", question)).isEmpty();
            assertThat(asked.providers.text("main", Asked.question("{{unknown}}", Map.of())))
                    .isEmpty();
        }
    }

    @Test
    void findsNothingWhereThereIsNothing() {
        for (var body : new String[] {"{\"v\":[]}", "{\"v\":[null]}", "{}", "[]", "{\"v\":null}"}) {
            assertThat(answer(body, Map.of("json.reducer", "count"))).as(body).isInstanceOf(Answer.Nothing.class);
        }
    }

    @Test
    void takesNothingForANumberThatIsNone() {
        assertThat(answer("{\"v\":[{}]}", Map.of()))
                .isEqualTo(new Answer.Failed("main: no number at /v/* but OBJECT", false));
        assertThat(answer("{\"v\":[\"many\"]}", Map.of()))
                .isEqualTo(new Answer.Failed("main: no number at /v/* but a text", false));
        assertThat(answer("<html>", Map.of())).isEqualTo(new Answer.Failed("main: the answer is no JSON", false));
        assertThat(answer("{\"v\":[1],\"n\":-1}", Map.of("json.samples-pointer", "/n")))
                .isEqualTo(new Answer.Failed("main: the number of samples is -1.0", false));
    }

    @Test
    void refusesASecondQueryThatItWouldNotAsk() {
        // given
        server.says(200, "{\"v\":[1]}");
        var to = Instant.parse("2026-11-30T10:05:00Z");
        var question = new Question("q", "samples", to.minusSeconds(60), to, Duration.ofSeconds(60), Map.of());
        try (var asked = Asked.with(settings(Map.of()))) {
            // when / then
            assertThat(asked.answer("main", question, Asked.LONG))
                    .isEqualTo(new Answer.Failed(
                            "main: takes one query: samples are found by json.samples-pointer", false));
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void readsPointersAsTheRfcDoes() {
        // given / when / then
        assertThat(answer("{\"a/b\":{\"m~n\":[[0,7],[0,8]]}}", Map.of("json.pointer", "/a~1b/m~0n/*/1")))
                .isEqualTo(new Answer.Found(8, Answer.UNKNOWN));
        assertThat(answer("{\"*\":3}", Map.of("json.pointer", "/*"))).isEqualTo(new Answer.Found(3, Answer.UNKNOWN));
    }

    @Test
    void takesNoPartForTheWhole() {
        // given
        var expected = Map.of("json.expect.\"/status\"", "ok", "json.expect.\"/parts/*\"", "there");

        // when / then
        assertThat(answer("{\"v\":[1],\"status\":\"ok\",\"parts\":[]}", expected))
                .isInstanceOf(Answer.Found.class);
        assertThat(answerSoon("{\"v\":[1]}", expected)).startsWith("main: the answer is not whole: /status is missing");
        assertThat(answerSoon("{\"v\":[1],\"status\":\"ok\",\"parts\":[\"there\",\"away\"]}", expected))
                .startsWith("main: the answer is not whole: /parts/* is there, away, not there");
    }

    private String answerSoon(String body, Map<String, String> more) {
        server.saysOnly(200, body);
        try (var asked = Asked.with(settings(more))) {
            var answer = asked.answer("main", Asked.question("q", Map.of()), Duration.ofMillis(500));
            return ((Answer.Failed) answer).words();
        }
    }

    @Test
    void escapesABodyAsItsContentTypeAsks() {
        // given
        var form = Map.of("json.body", "q={{query}}", "json.content-type", "application/x-www-form-urlencoded");

        // when
        answer("{\"v\":[1]}", form);

        // then
        assertThat(server.request().body()).isEqualTo("q=a%20%26%20%22b%22");
        assertThat(server.request().header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    }

    @Test
    void refusesSettingsThatCannotWork() {
        assertRefused(Map.of("json.pointer", "v"), "json.pointer v is no JSON pointer: it begins with /");
        assertRefused(
                Map.of("json.reducer", "p99"), "json.reducer p99 is none of last, first, mean, sum, max, min, count");
        assertRefused(Map.of("json.method", "DELETE"), "json.method DELETE is none of GET, POST");
        assertRefused(Map.of("json.quotes", "none"), "json.quotes none is none of backslash, doubled");
        assertRefused(
                Map.of("json.method", "GET", "json.body", "x"), "json.body is set, and json.method GET sends none");
        assertRefused(Map.of("url", "{{context.host}}/x"), "url must begin with http:// or https:// and a host");
        assertRefused(Map.of("headers.X.key", ""), "headers.X needs `value`, or a secret: `key` or `file`");
    }

    private Answer answer(String body, Map<String, String> more) {
        server.saysOnly(200, body);
        try (var asked = Asked.with(settings(more))) {
            return asked.answer("main", "a & \"b\"");
        }
    }

    private void assertRefused(Map<String, String> settings, String words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Asked.with(settings(settings)))
                .withMessage("sluice.gate.providers.\"main\": " + words);
    }

    private Map<String, String> settings(Map<String, String> more) {
        var all = new HashMap<>(
                Map.of("main.type", "http-json", "main.url", server.url() + "/x", "main.json.pointer", "/v/*"));
        more.forEach((key, value) -> all.put("main." + key, value));
        return all;
    }
}
