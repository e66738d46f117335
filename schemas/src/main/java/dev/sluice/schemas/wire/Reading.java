package dev.sluice.schemas.wire;

/** What a record's value turned out to be. */
public sealed interface Reading<T> {
    record Message<T>(T message, Attributes attributes) implements Reading<T> {}

    /** @param reason one line for people and for the dead letter's {@code sluice-error} */
    record Unreadable<T>(String reason) implements Reading<T> {}

    /** A record without a value: on a compacted topic, its key is forgotten. */
    record Tombstone<T>() implements Reading<T> {}
}
