package dev.sluice.engine.core.told;

import dev.sluice.schemas.Topic;

/** Something to put on a topic, in order, in the same transaction as the state it follows from. */
public sealed interface Publication {
    Topic topic();

    /** @param id deterministic: the same message again carries the same one */
    record Message(Topic topic, Object message, String id) implements Publication {}

    /** Removes a key from a compacted topic. */
    record Tombstone(Topic topic, String key) implements Publication {}
}
