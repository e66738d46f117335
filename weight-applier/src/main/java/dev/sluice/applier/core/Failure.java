package dev.sluice.applier.core;

import java.time.Duration;

/**
 * Why the API server did not do what it was asked.
 *
 * @param reason for people, the same text each time the same thing happens
 * @param retryAfter the least time the server asks to be left alone; zero where it doesn't
 */
public record Failure(Kind kind, String reason, Duration retryAfter) {
    public enum Kind {
        /** The object has changed since it was read, is there already, or is gone: look again and decide anew. */
        OUTDATED,
        /** Nobody answers, or the API server has too much to do: any other call would fare as badly. */
        AWAY,
        /** Anything else: invalid, forbidden, a webhook that fails. */
        FAILED
    }

    public static Failure outdated(String reason) {
        return new Failure(Kind.OUTDATED, reason, Duration.ZERO);
    }

    public Failure atLeastAfter(Duration wait) {
        return kind == Kind.OUTDATED || wait.compareTo(retryAfter) <= 0 ? this : new Failure(kind, reason, wait);
    }

    public static Failure away(String reason, Duration retryAfter) {
        return new Failure(Kind.AWAY, reason, retryAfter);
    }

    public static Failure failed(String reason) {
        return new Failure(Kind.FAILED, reason, Duration.ZERO);
    }
}
