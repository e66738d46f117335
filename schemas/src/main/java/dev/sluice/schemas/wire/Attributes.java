package dev.sluice.schemas.wire;

import java.time.Instant;

/**
 * A message's CloudEvents attributes, each null where it was absent or made no sense.
 *
 * @param traceparent W3C trace context of the hop before
 * @param origin W3C trace context of where it all began ({@code ce_traceparent})
 * @param format the form that its writer, a Sluice service, says it has; 0 where it says nothing
 */
public record Attributes(
        String id,
        String source,
        String type,
        String subject,
        Instant time,
        String traceparent,
        String origin,
        int format) {
    public static final Attributes NONE = new Attributes(null, null, null, null, null, null, null, 0);

    public Attributes(String id, String source, String type, String subject, Instant time, String traceparent) {
        this(id, source, type, subject, time, traceparent, null, 0);
    }
}
