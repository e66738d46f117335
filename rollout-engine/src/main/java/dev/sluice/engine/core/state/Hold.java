package dev.sluice.engine.core.state;

import java.time.Instant;

/**
 * Why a running target does not go on by itself until somebody says {@code resume}.
 *
 * @param beneath what holds it besides, and still does once this one is lifted; null for nothing
 */
public record Hold(Kind kind, String actor, Instant since, Hold beneath) {
    public Hold(Kind kind, String actor, Instant since) {
        this(kind, actor, since, null);
    }

    public Hold over(Hold earlier) {
        return new Hold(kind, actor, since, earlier);
    }

    public boolean isBy(Kind wanted) {
        return kind == wanted || (beneath != null && beneath.isBy(wanted));
    }

    /** Who or what it is, for people. */
    public String words() {
        return switch (kind) {
            case OPERATOR -> "paused by " + actor;
            case INCONCLUSIVE -> "paused for an inconclusive analysis";
            case FENCE -> "paused over weights that somebody else wrote";
        };
    }

    public enum Kind {
        /** Somebody said {@code pause}. */
        OPERATOR,
        /** More runs of an analysis were inconclusive than allowed. */
        INCONCLUSIVE,
        /** After a raised fence the weights found are not those ordered last (B34). */
        FENCE
    }
}
