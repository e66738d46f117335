package dev.sluice.schemas.wire;

/** What a record's value turned out to be. */
public sealed interface Reading<T> {
    record Message<T>(T message, Attributes attributes) implements Reading<T> {}

    /** @param reason one line for people and for the dead letter's {@code sluice-error} */
    record Unreadable<T>(String reason) implements Reading<T> {}

    /**
     * Written by a later version of Sluice in a way that this one does not know: never dropped and never a dead letter,
     * since the version that knows it is about to take over (B42).
     */
    record Newer<T>(String reason) implements Reading<T> {}

    /** A record without a value: on a compacted topic, its key is forgotten. */
    record Tombstone<T>() implements Reading<T> {}
}
