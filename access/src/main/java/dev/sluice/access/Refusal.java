package dev.sluice.access;

import java.time.Duration;

/**
 * A request that was not let through.
 *
 * @param status 401 where nobody has proven anything, 403 where it isn't theirs to do, 429 where they ask too often, 503 where it can't be said
 * @param error what is wrong
 * @param todo what to do about it
 * @param retryAfter null where the same again is refused again
 */
record Refusal(int status, String error, String todo, Duration retryAfter) {
    private static final Duration SOON = Duration.ofSeconds(1);

    static Refusal unknown(String error, String todo) {
        return new Refusal(401, error, todo, null);
    }

    static Refusal forbidden(String error, String todo) {
        return new Refusal(403, error, todo, null);
    }

    static Refusal tooOften(Duration wait) {
        return new Refusal(
                429,
                "These are more requests than sluice.access.rate and sluice.access.burst allow",
                "Wait as long as Retry-After says",
                wait.plus(SOON));
    }

    static Refusal later(String error) {
        return new Refusal(503, error, "Try again in a moment", SOON);
    }
}
