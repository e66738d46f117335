package dev.sluice.engine.core.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Revisions that a person went back from: automation may not start them again until somebody says {@code release} (B47).
 * Bounded: the oldest goes, for by then many others have come after it.
 *
 * @param revisions the newest last, each once
 */
public record HeldRevisions(List<Held> revisions) {
    public static final HeldRevisions NONE = new HeldRevisions(List.of());
    private static final int KEPT = 16;

    /** @param by who went back from it */
    public record Held(String revision, String by, Instant since) {}

    public HeldRevisions {
        revisions = revisions == null ? List.of() : List.copyOf(revisions);
    }

    public Optional<Held> find(String revision) {
        return revisions.stream()
                .filter(held -> held.revision().equals(revision))
                .findFirst();
    }

    public HeldRevisions with(Held held) {
        var kept = new ArrayList<>(without(held.revision()).revisions);
        kept.add(held);
        if (kept.size() > KEPT) {
            kept.removeFirst();
        }
        return new HeldRevisions(kept);
    }

    public HeldRevisions without(String revision) {
        return new HeldRevisions(revisions.stream()
                .filter(held -> !held.revision().equals(revision))
                .toList());
    }
}
