package dev.sluice.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.notifier.Receiver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class WebhookTest {
    private static final String SECRET = "a secret of enough bytes";

    @Test
    void isSignedAndCarriesTheStatus() {
        try (var receiver = Receiver.start()) {
            // given
            var webhook = new Webhook(
                    new Post(Duration.ofSeconds(30)),
                    Posted.text(receiver.url("/")),
                    Posted.text(SECRET),
                    InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000)));
            var message = Posted.message();

            // when
            webhook.send(message);

            // then
            var got = receiver.got().getFirst();
            assertThat(got.header("webhook-id")).isEqualTo(message.id());
            assertThat(got.header("Idempotency-Key")).isEqualTo(message.id());
            assertThat(got.header("webhook-timestamp")).isEqualTo("1800000000");
            assertThat(got.header("webhook-signature"))
                    .isEqualTo(Signature.by(SECRET)
                            .of(message.id(), "1800000000", got.body().getBytes(StandardCharsets.UTF_8)));
            assertThat(got.json().path("occasion").asText()).isEqualTo("approval");
            assertThat(got.json().at("/status/waitingFor/roles/0").asText()).isEqualTo("sre");
            assertThat(got.json().at("/facts/0/name").asText()).isEqualTo("Revision");
        }
    }

    @Test
    void itsBodyHasTheFieldsThatDocsNotificationsMdShows() throws Exception {
        // given
        var page = Files.readString(Path.of("../docs/notifications.md"));
        var block = page.substring(page.indexOf("```json\n") + "```json\n".length());

        // when
        var shown = new ObjectMapper().readTree(block.substring(0, block.indexOf("```")));

        // then
        assertThat(Webhook.body(Posted.message()).keySet()).containsExactlyElementsOf(() -> shown.fieldNames());
    }
}
