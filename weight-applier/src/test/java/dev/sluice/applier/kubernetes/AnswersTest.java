package dev.sluice.applier.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that answers as the test says. */
class AnswersTest {
    @TempDir
    Path folder;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private OwnClient client;
    private volatile Answer answer;

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod());
            exchange.getRequestBody().readAllBytes();
            answer.to(exchange);
        });
        server.start();
        client = new OwnClient(server.getAddress().getPort(), folder);
    }

    @AfterEach
    void close() {
        client.close();
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    @DisplayName("B19 a write that is refused for now is sent once, and again only once the rules say so")
    void sendsAWriteOnceThatIsRefused(int code) {
        // given
        answer = exchange -> say(exchange, code, "0", "{}");

        // when
        var unused = client.failure("POST");

        // then
        assertThat(requests).containsExactly("POST");
    }

    @ParameterizedTest
    @CsvSource({
        "429, 7, 7",
        "503, 7, 7",
        "500, 7, 7",
        "429, 60, 60",
        "429, 61, 60",
        "503, 99999999999999999999, 60",
        "429, -5, 0",
        "429, soon, 0",
        "429, '', 0",
    })
    @DisplayName("B19 Retry-After in the head is heard, and no longer than a minute")
    void hearsTheHeader(int code, String header, int seconds) {
        // given
        answer = exchange -> say(exchange, code, header, "overloaded");

        // when
        var failure = client.failure("PUT");

        // then
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "3600, 60"})
    @DisplayName("B19 retryAfterSeconds in the body is heard, and no longer than a minute")
    void hearsTheBody(int said, int seconds) {
        // given
        answer = exchange -> say(exchange, 500, "", status(said));

        // when
        var failure = client.failure("PUT");

        // then
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(failure.reason()).contains("leader changed");
    }

    @Test
    @DisplayName("B19 of head and body the longer one counts")
    void hearsTheLongerOne() {
        // given
        answer = exchange -> say(exchange, 503, "5", status(20));
        var longInBody = client.failure("PUT");
        answer = exchange -> say(exchange, 503, "20", status(5));
        var longInHead = client.failure("PUT");

        // then
        assertThat(longInBody.retryAfter()).isEqualTo(Duration.ofSeconds(20));
        assertThat(longInHead.retryAfter()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    @DisplayName("B19 what the server asked of one caller holds for those whose client tells them no headers")
    void isQuietForAll() {
        // given
        answer = exchange -> say(exchange, 429, "7", status(0));
        var unused = client.failure("PUT");

        // when: another answer says nothing of it
        answer = exchange -> say(exchange, 429, "", status(0));
        unused = client.failure("PUT");

        // then
        assertThat(client.quiet().left()).isEqualTo(Duration.ofSeconds(7));
    }

    private static String status(int seconds) {
        return """
                {"kind":"Status","apiVersion":"v1","status":"Failure","message":"etcdserver: leader changed","details":{"retryAfterSeconds":%d}}
                """.formatted(seconds);
    }

    private static void say(HttpExchange exchange, int code, String retryAfter, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Retry-After", retryAfter);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
