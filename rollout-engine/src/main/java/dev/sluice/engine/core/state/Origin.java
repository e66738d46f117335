package dev.sluice.engine.core.state;

import java.time.Instant;

/**
 * How a rollout came to be.
 *
 * @param sentAt when the broker appended the command that started it; null where an older version started it
 * @param automated whether no person sent that
 * @param retryOf the rollout that this one tries again; null: none
 * @param undoOf the rollout whose promotion this one takes back; null: none
 */
public record Origin(Instant sentAt, boolean automated, String retryOf, String undoOf) {
    public static final Origin UNKNOWN = new Origin(null, false, null, null);

    public static Origin start(Instant sentAt, boolean automated) {
        return new Origin(sentAt, automated, null, null);
    }
}
