package dev.sluice.schemas.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An HTTP call of the rollout file, with {@code {{context.…}}} filled in. Its {@code uri}, {@code body} and headers' values
 * may have {@code {{sluice.…}}} and {@code {{secrets.…}}} left, which are filled in when the call is made: the former are
 * {@link #VARIABLES}, the latter names of the engine's configuration.
 *
 * @param method the HTTP method, in capitals
 * @param headers values by name
 * @param body null: none
 * @param retryCount how often a call is made again that failed, at most; 0: one call
 * @param backoff how long after the first failure the next call comes; twice as long after each further one
 * @param timeout of one call, from the connection to the last byte of the answer
 * @param errorExpression CEL that is true where the answer means failure ({@link
 *     dev.sluice.schemas.rollout.cel.AnswerExpression}); null: every status outside 200 to 299 does
 * @param disableCallback whether the answer passes the step; else it passes by a callback
 * @param callbackTimeout how long after a good answer the callback may come; then the step fails
 */
public record Webhook(
        String name,
        String method,
        String uri,
        Map<String, String> headers,
        String body,
        int retryCount,
        Duration backoff,
        Duration timeout,
        String errorExpression,
        boolean disableCallback,
        Duration callbackTimeout) {
    public static final String POST = "POST";
    public static final Duration BACKOFF = Duration.ofSeconds(1);
    public static final Duration TIMEOUT = Duration.ofSeconds(10);
    public static final Duration CALLBACK_TIMEOUT = Duration.ofHours(24);

    /** What {@code {{sluice.…}}} may name in a webhook. */
    public static final List<String> VARIABLES =
            List.of("application", "target", "rollout", "revision", "step", "cluster", "namespace", "callbackUri");

    public Webhook {
        headers = headers == null ? Map.of() : Map.copyOf(headers);
    }
}
