package dev.sluice.engine.webhook;

import dev.sluice.engine.core.state.Link;
import dev.sluice.schemas.message.Cut;
import java.util.List;
import java.util.Optional;

/**
 * What a callback's body says: {@code {"success": true, "reason": "…", "links": [{"name": …, "url": …}]}}. A reason may be called
 * {@code mdMessage}, as CD-as-a-Service does.
 *
 * @param reason null where none is given
 */
public record Callback(boolean success, String reason, List<Link> links) {
    /** The longest body, in bytes. */
    public static final int LONGEST = 65_536;

    private static final int LONGEST_REASON = 1000;

    /** Empty where it doesn't say whether it went well. */
    public static Optional<Callback> read(String body, Scrubbed scrubbed) {
        var json = Texts.json(body);
        if (!json.path("success").isBoolean()) {
            return Optional.empty();
        }
        var reason = json.path("reason").isTextual() ? json.path("reason") : json.path("mdMessage");
        var words = reason.isTextual() ? Cut.to(LONGEST_REASON, scrubbed.text(Texts.line(reason.asText()))) : null;
        return Optional.of(new Callback(json.path("success").asBoolean(), words, Links.of(json, scrubbed)));
    }
}
