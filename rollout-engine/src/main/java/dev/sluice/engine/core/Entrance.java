package dev.sluice.engine.core;

/**
 * The way that a command came in by, and what is believed of it.
 *
 * @param via {@code http}, or the topic's name; null where nobody is to be told
 * @param isProven whether it is known who sent it: then its actor and roles are theirs. Else the actor is what somebody wrote
 * @param mayApprove whether whoever sent it may answer approvals at all
 * @param refusal why nothing is taken from them; null where it is
 * @param trace W3C trace context of where it began; null where nobody traces
 */
public record Entrance(String via, boolean isProven, boolean mayApprove, String refusal, String trace) {
    /** Everything that it says is so. */
    public static final Entrance BELIEVED = new Entrance(null, true, true, null);

    public Entrance(String via, boolean isProven, boolean mayApprove, String refusal) {
        this(via, isProven, mayApprove, refusal, null);
    }

    Entrance begunAt(String context) {
        return new Entrance(via, isProven, mayApprove, refusal, context);
    }
}
