package dev.sluice.notifier.channel;

import dev.sluice.notifier.config.ConfiguredText;
import dev.sluice.notifier.core.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Microsoft Teams channel by a workflow ("Send webhook alerts to a channel"), with an adaptive card. Texts are runs, in which no
 * Markdown is read: no value becomes a link.
 *
 * @see <a href="https://adaptivecards.io/explorer/RichTextBlock.html">RichTextBlock</a>
 */
final class Teams implements Channel {
    private final Post post;
    private final ConfiguredText url;

    Teams(Post post, ConfiguredText url) {
        this.post = post;
        this.url = url;
    }

    @Override
    public Outcome send(Message message) {
        return post.json(url, Ids.headers(message), Bodies.bytes(body(message)));
    }

    static Map<String, Object> body(Message message) {
        return Map.of(
                "type",
                "message",
                "attachments",
                List.of(Map.of("contentType", "application/vnd.microsoft.card.adaptive", "content", card(message))));
    }

    private static Map<String, Object> card(Message message) {
        var content = message.content();
        var lines = new ArrayList<Map<String, Object>>();
        lines.add(
                line(List.of(Map.of("type", "TextRun", "text", content.title(), "weight", "Bolder", "size", "Large"))));
        content.text().lines().filter(line -> !line.isBlank()).forEach(line -> lines.add(line(List.of(run(line)))));
        content.facts()
                .forEach(fact -> lines.add(line(List.of(
                        Map.of("type", "TextRun", "text", fact.name() + ": ", "weight", "Bolder"),
                        run(fact.value())))));
        lines.add(
                line(List.of(Map.of("type", "TextRun", "text", Ids.said(message), "isSubtle", true, "size", "Small"))));
        var actions = content.link() == null
                ? List.of()
                : List.of(Map.of("type", "Action.OpenUrl", "title", "Open in the dashboard", "url", content.link()));
        return Map.of(
                "$schema", "http://adaptivecards.io/schemas/adaptive-card.json",
                "type", "AdaptiveCard",
                "version", "1.4",
                "body", lines,
                "actions", actions);
    }

    private static Map<String, Object> run(String text) {
        return Map.of("type", "TextRun", "text", text);
    }

    private static Map<String, Object> line(List<Map<String, Object>> runs) {
        return Map.of("type", "RichTextBlock", "inlines", runs);
    }
}
