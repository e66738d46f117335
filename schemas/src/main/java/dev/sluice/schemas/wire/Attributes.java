package dev.sluice.schemas.wire;

import java.time.Instant;

/** A message's CloudEvents attributes, each null where it was absent or made no sense. */
public record Attributes(String id, String source, String type, String subject, Instant time, String traceparent) {
    public static final Attributes NONE = new Attributes(null, null, null, null, null, null);
}
