package dev.sluice.notifier.channel;

import dev.sluice.notifier.config.ConfiguredText;
import dev.sluice.notifier.core.Message;
import dev.sluice.schemas.message.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Slack channel's incoming webhook, with Block Kit's blocks. What others wrote is escaped: no value becomes a mention or a link.
 *
 * @see <a href="https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks">Incoming webhooks</a>
 */
final class Slack implements Channel {
    private static final int HEADER_CHARS = 150;
    private static final int SECTION_CHARS = 3000;
    private static final int FIELDS = 10;

    private final Post post;
    private final ConfiguredText url;

    Slack(Post post, ConfiguredText url) {
        this.post = post;
        this.url = url;
    }

    @Override
    public Outcome send(Message message) {
        return post.json(url, Ids.headers(message), Bodies.bytes(body(message)));
    }

    static Map<String, Object> body(Message message) {
        var content = message.content();
        var blocks = new ArrayList<Map<String, Object>>();
        blocks.add(Map.of(
                "type",
                "header",
                "text",
                Map.of("type", "plain_text", "text", Cut.to(HEADER_CHARS, content.title()), "emoji", false)));
        if (!content.text().isEmpty()) {
            blocks.add(Map.of("type", "section", "text", marked(escaped(content.text()))));
        }
        if (!content.facts().isEmpty()) {
            blocks.add(Map.of("type", "section", "fields", fields(message)));
        }
        if (content.link() != null) {
            var button = Map.of(
                    "type", "button",
                    "text", Map.of("type", "plain_text", "text", "Open in the dashboard"),
                    "url", content.link());
            blocks.add(Map.of("type", "actions", "elements", List.of(button)));
        }
        blocks.add(Map.of("type", "context", "elements", List.of(marked(escaped(Ids.said(message))))));
        return Map.of("text", escaped(content.title()), "blocks", blocks);
    }

    private static List<Map<String, Object>> fields(Message message) {
        return message.content().facts().stream()
                .limit(FIELDS)
                .map(fact -> marked("*" + escaped(fact.name()) + "*\n" + escaped(fact.value())))
                .toList();
    }

    private static Map<String, Object> marked(String text) {
        return Map.of("type", "mrkdwn", "text", Cut.to(SECTION_CHARS, text));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
