package dev.sluice.engine.core;

import java.time.Instant;

/** Why a running target does not go on by itself until somebody says {@code resume}. */
public record Hold(Kind kind, String actor, Instant since) {
    public enum Kind {
        /** Somebody said {@code pause}. */
        OPERATOR,
        /** More runs of an analysis were inconclusive than allowed. */
        INCONCLUSIVE,
        /** After a raised fence the weights found are not those ordered last (B34). */
        FENCE
    }
}
