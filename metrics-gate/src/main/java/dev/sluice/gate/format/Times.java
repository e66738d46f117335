package dev.sluice.gate.format;

import java.time.Instant;

/** Times as RFC 3339 writes them. */
public final class Times {
    private static final int LONGEST = 40;

    private Times() {}

    /** Null where it is none. */
    public static Instant instant(String text) {
        return text.length() > LONGEST ? null : Rfc3339.instant(text);
    }
}
