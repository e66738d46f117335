package dev.sluice.notifier.channel;

import dev.sluice.notifier.core.Message;
import java.util.Map;

/** How a message's id goes out with it: the same one again is the same message. */
final class Ids {
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private Ids() {}

    static Map<String, String> headers(Message message) {
        return Map.of(IDEMPOTENCY_KEY, message.id());
    }

    /** For people, where nobody reads headers. */
    static String said(Message message) {
        return "Sluice · rule " + message.rule() + " · " + message.id();
    }
}
