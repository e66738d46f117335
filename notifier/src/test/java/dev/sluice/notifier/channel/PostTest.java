package dev.sluice.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.notifier.Receiver;
import dev.sluice.notifier.channel.Outcome.Later;
import dev.sluice.notifier.channel.Outcome.Refused;
import dev.sluice.notifier.channel.Outcome.Sent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostTest {
    private static final String SECRET_PATH = "/services/T0000000/B1111111/abcdefgh";
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Receiver receiver = Receiver.start();

    @AfterEach
    void close() {
        receiver.close();
    }

    private Outcome post(Duration timeout) {
        return new Post(timeout)
                .json(
                        Posted.text(receiver.url(SECRET_PATH)),
                        Map.of("Idempotency-Key", "7"),
                        "{}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void sendsJsonWithItsHeaders() {
        // when
        var outcome = post(LONG);

        // then
        assertThat(outcome).isEqualTo(new Sent());
        assertThat(receiver.got().getFirst().body()).isEqualTo("{}");
        assertThat(receiver.got().getFirst().header("Content-Type")).isEqualTo("application/json");
        assertThat(receiver.got().getFirst().header("Idempotency-Key")).isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 410, 413, 422})
    void whatIsRefusedForGoodIsNotTriedAgain(int status) {
        // given
        receiver.answers(status, Map.of(), "invalid_blocks");

        // when / then
        assertThat(post(LONG)).isEqualTo(new Refused("status " + status + ": invalid_blocks"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 408, 429, 500, 503})
    void whatMayGetBetterIs(int status) {
        // given
        receiver.answers(status, Map.of("Retry-After", "7"), "");

        // when / then
        assertThat(post(LONG)).isEqualTo(new Later("status " + status, Duration.ofSeconds(7)));
    }

    @Test
    void followsNoRedirect() {
        // given
        receiver.answers(307, Map.of("Location", receiver.url("/elsewhere")), "");

        // when / then
        assertThat(post(LONG)).isInstanceOf(Refused.class);
        assertThat(receiver.got()).hasSize(1);
    }

    @Test
    void noWordsHoldThePartOfTheUrlThatIsSecret() {
        // given
        receiver.answers(500, Map.of(), "no service at " + SECRET_PATH + ", or abcdefgh is unknown");

        // when
        var outcome = (Later) post(LONG);

        // then
        assertThat(outcome.words())
                .startsWith("status 500: no service at •••")
                .doesNotContain("T0000000", "B1111111", "abcdefgh");
    }

    @Test
    void anAnswerThatNeverEndsIsNotWaitedForNorReadToItsEnd() {
        // given
        receiver.answers(exchange -> {
            exchange.sendResponseHeaders(500, 0);
            var out = exchange.getResponseBody();
            while (true) {
                out.write("x".repeat(1000).getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        });

        // when
        var endless = (Later) post(LONG);

        // then
        assertThat(endless.words()).hasSizeLessThan(400);

        // given
        receiver.answers(exchange -> exchange.sendResponseHeaders(200, 0));

        // when / then
        assertThat(post(Duration.ofMillis(300))).isEqualTo(new Later("no whole answer within 300 ms"));
    }

    @Test
    void whoIsNotThereMayComeBack() {
        // given
        receiver.close();

        // when
        var outcome = (Later) post(LONG);

        // then
        assertThat(outcome.words()).startsWith("not reached: ").doesNotContain("abcdefgh");
    }

    @Test
    void aUrlInAFileIsReadForEveryMessage(@TempDir Path folder) throws IOException {
        // given
        var file = folder.resolve("url");
        var post = new Post(LONG);
        Files.writeString(file, "nonsense with a secret");

        // when
        var before = post.json(Posted.file(file), Map.of(), new byte[0]);
        Files.writeString(file, receiver.url("/") + "\n");
        var after = post.json(Posted.file(file), Map.of(), new byte[0]);

        // then
        assertThat(((Later) before).words()).startsWith("its URL").doesNotContain("secret");
        assertThat(after).isEqualTo(new Sent());
    }
}
