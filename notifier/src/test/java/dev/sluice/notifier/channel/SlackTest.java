package dev.sluice.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.notifier.Statuses;
import dev.sluice.notifier.core.Message;
import dev.sluice.schemas.wire.Json;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class SlackTest {
    private static JsonNode body(Message message) {
        return Json.mapper().valueToTree(Slack.body(message));
    }

    private static Iterable<JsonNode> blocks(JsonNode body, String type) {
        return StreamSupport.stream(body.path("blocks").spliterator(), false)
                .filter(block -> block.path("type").asText().equals(type))
                .toList();
    }

    @Test
    void hasTitleTextFactsLinkAndId() {
        // when
        var message = Posted.message();
        var body = body(message);

        // then
        assertThat(body.path("text").asText()).isEqualTo("shop/checkout on prod: approval needed");
        assertThat(blocks(body, "header").iterator().next().at("/text/text").asText())
                .isEqualTo("shop/checkout on prod: approval needed");
        assertThat(blocks(body, "section")).hasSize(2);
        assertThat(blocks(body, "section").toString()).contains("*Approved*\\n1 of 2, by alice");
        assertThat(blocks(body, "actions")
                        .iterator()
                        .next()
                        .at("/elements/0/url")
                        .asText())
                .isEqualTo("https://sluice.example.com/rollouts/shop/checkout/prod");
        assertThat(blocks(body, "context").toString()).contains(message.id());
    }

    @Test
    void whatOthersWroteIsNoMentionAndNoLink() {
        // given
        var status = Statuses.changed(
                "awaiting-approval",
                json -> json.put("phase", "Paused")
                        .put("reason", "<!channel> <https://evil.example|click> & more")
                        .put("actor", "<@U1>"));

        // when
        var text = body(Posted.of(status)).toString();

        // then
        assertThat(text)
                .doesNotContain("<")
                .contains("&lt;!channel&gt;")
                .contains("&lt;@U1&gt;")
                .contains("&amp; more");
    }
}
