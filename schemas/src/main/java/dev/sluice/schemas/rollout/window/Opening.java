package dev.sluice.schemas.rollout.window;

import java.time.Instant;

/** Whether weights may go up at a moment. */
public sealed interface Opening {
    /** @param until nothing changes before then, when it is to be asked again; null: never */
    record Open(Instant until) implements Opening {}

    /**
     * @param until nothing changes before then, when it is to be asked again; null: never
     * @param words why, for people
     */
    record Closed(Instant until, String words) implements Opening {}
}
