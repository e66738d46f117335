package dev.sluice.engine.core.state;

import java.time.Instant;

/**
 * How a rollout came to be.
 *
 * @param sentAt when the broker appended the command that started it; null where an older version started it
 * @param automated whether no person sent that
 * @param retryOf the rollout that this one tries again; null: none
 * @param undoOf the rollout whose promotion this one takes back; null: none
 * @param unproven whether its starter's name is only what somebody wrote
 * @param trace W3C trace context of where its command began, which all that it leads to names; null where nobody traces
 */
public record Origin(Instant sentAt, boolean automated, String retryOf, String undoOf, boolean unproven, String trace) {
    public static final Origin UNKNOWN = new Origin(null, false, null, null, false, null);

    /** Its second part ({@code version-traceid-parentid-flags}); null where nobody traces. */
    public String traceId() {
        return trace == null ? null : trace.split("-", 3)[1];
    }
}
