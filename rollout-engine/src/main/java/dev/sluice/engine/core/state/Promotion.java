package dev.sluice.engine.core.state;

import dev.sluice.schemas.rollout.OnPromoted;
import java.util.Objects;

/**
 * A target's last promotion: what {@code undo} takes back.
 *
 * @param how it ended
 * @param revision promoted; null where nobody said
 * @param before the revision that was stable until then; null where nobody knows
 * @param undo whether it took an earlier one back itself
 * @param since the rollout that has had the other backend since; null where that is still as it was
 */
public record Promotion(String rollout, OnPromoted how, String revision, String before, boolean undo, Follower since) {

    /** @param revision null where nobody said */
    public record Follower(String rollout, String revision) {}

    /** One of the revision that was there before has it there again; one that goes back itself finds what is there. */
    Promotion followedBy(Rollout next) {
        if (next.isUndo()) {
            return this;
        }
        var isAsBefore = Objects.equals(next.revision(), before);
        var follower = isAsBefore ? null : new Follower(next.id(), next.revision());
        return new Promotion(rollout, how, revision, before, undo, follower);
    }
}
