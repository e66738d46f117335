package dev.sluice.engine.core.told;

import dev.sluice.schemas.rollout.Webhook;
import java.time.Instant;
import java.util.Map;

/**
 * A call that is due: the shell makes it at least once and hands the answer in as {@link dev.sluice.engine.core.Event.WebhookAnswered}. Trying again,
 * the pause before and the time for a callback are the core's: each attempt is a call of its own.
 *
 * @param id unique, and the same for the same attempt whenever it is decided
 * @param key the same for all attempts, so that whoever is called acts once; they get it as {@code Idempotency-Key}
 * @param variables what {@code {{sluice.<name>}}} stands for, by name; without {@code callbackUri}, which the shell knows
 * @param attempt from 1
 * @param notAfter nobody waits for the answer after this: what was not called by then is not called any more
 */
public record WebhookCall(
        String id,
        String key,
        String application,
        String target,
        Webhook webhook,
        Map<String, String> variables,
        int attempt,
        Instant notAfter) {
    public WebhookCall {
        variables = Map.copyOf(variables);
    }
}
