package dev.sluice.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.wire.Json;
import org.junit.jupiter.api.Test;

class TeamsTest {
    @Test
    void isAMessageWithOneAdaptiveCardOfPlainRuns() {
        // when
        var body = Json.mapper().valueToTree(Teams.body(Posted.message()));

        // then
        assertThat(body.path("type").asText()).isEqualTo("message");
        assertThat(body.path("attachments")).hasSize(1);
        assertThat(body.at("/attachments/0/contentType").asText()).isEqualTo("application/vnd.microsoft.card.adaptive");
        var card = body.at("/attachments/0/content");
        assertThat(card.path("type").asText()).isEqualTo("AdaptiveCard");
        assertThat(card.path("body"))
                .allSatisfy(block -> assertThat(block.path("type").asText()).isEqualTo("RichTextBlock"));
        assertThat(card.at("/body/0/inlines/0/text").asText()).isEqualTo("shop/checkout on prod: approval needed");
        assertThat(card.toString()).contains("1 of 2, by alice");
        assertThat(card.at("/actions/0/type").asText()).isEqualTo("Action.OpenUrl");
        assertThat(card.at("/actions/0/url").asText())
                .isEqualTo("https://sluice.example.com/rollouts/shop/checkout/prod");
    }
}
