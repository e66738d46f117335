package dev.sluice.schemas.wire;

/**
 * What a message came from, for its headers; each part is null where nobody knows.
 *
 * @param causation id of the event that led to it, for {@code ce_causationid}
 * @param traceparent W3C trace context of the hop before, for {@code traceparent}
 * @param origin W3C trace context of where it all began, for {@code ce_traceparent}: the same in all that follows, as the
 *     CloudEvents extension for distributed tracing has it
 */
public record Lineage(String causation, String traceparent, String origin) {
    public static final Lineage NONE = new Lineage(null, null, null);

    /** Of what follows from a message. */
    public static Lineage of(Attributes message) {
        return new Lineage(
                message.id(),
                message.traceparent(),
                message.origin() == null ? message.traceparent() : message.origin());
    }

    /** Of what follows from a message whose own value says its id. */
    public Lineage causedBy(String id) {
        return new Lineage(id, traceparent, origin);
    }

    /** After one hop more. */
    public Lineage through(String hop) {
        return new Lineage(causation, hop, origin == null ? hop : origin);
    }

    /** Where it names no beginning of its own. */
    public Lineage begunAt(String known) {
        return origin != null || known == null ? this : new Lineage(causation, traceparent, known);
    }
}
