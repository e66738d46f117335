package dev.sluice.notifier.channel;

import dev.sluice.notifier.config.ConfiguredText;
import dev.sluice.notifier.core.Message;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Anybody's HTTP endpoint, signed as Standard Webhooks has it, so that a receiver checks it with a library.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard Webhooks</a>
 */
final class Webhook implements Channel {
    private final Post post;
    private final ConfiguredText url;
    private final ConfiguredText secret;
    private final InstantSource clock;

    Webhook(Post post, ConfiguredText url, ConfiguredText secret, InstantSource clock) {
        this.post = post;
        this.url = url;
        this.secret = secret;
        this.clock = clock;
    }

    @Override
    public Outcome send(Message message) {
        Signature signature;
        try {
            signature = Signature.by(secret.now());
        } catch (IOException e) {
            return new Outcome.Later("its secret can't be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            return new Outcome.Later(e.getMessage());
        }
        var body = Bodies.bytes(body(message));
        // of this try: receivers refuse old ones, lest somebody repeats what he has overheard
        var timestamp = Long.toString(clock.instant().getEpochSecond());
        var headers = new LinkedHashMap<>(Ids.headers(message));
        headers.put("webhook-id", message.id());
        headers.put("webhook-timestamp", timestamp);
        headers.put("webhook-signature", signature.of(message.id(), timestamp, body));
        return post.json(url, headers, body);
    }

    static Map<String, Object> body(Message message) {
        var content = message.content();
        var body = new LinkedHashMap<String, Object>();
        body.put("id", message.id());
        body.put("rule", message.rule());
        body.put("occasion", message.occasion());
        body.put("application", message.application());
        body.put("target", message.target());
        body.put("rollout", message.rollout());
        body.put("title", content.title());
        body.put("text", content.text());
        body.put("facts", content.facts());
        body.put("link", content.link());
        body.put("status", content.status());
        return body;
    }
}
