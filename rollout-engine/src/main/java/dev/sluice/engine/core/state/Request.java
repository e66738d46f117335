package dev.sluice.engine.core.state;

import dev.sluice.schemas.rollout.RolloutPlan;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * A rollout that was asked for. Where another one runs it may wait for its end; an application has one at most that waits.
 *
 * @param id of its command, and of the rollout that it becomes
 * @param words what its start said, for people
 * @param taken routes that were free when it was queued: it holds them meanwhile, and gives them back if it never starts
 * @param supersedes whether it doesn't wait for the running one's own end: that goes back for it
 * @param leave to pass freezes and windows once it has started
 */
public record Request(
        String id,
        String revision,
        String actor,
        String words,
        Origin origin,
        RolloutPlan plan,
        Set<String> taken,
        boolean supersedes,
        Leave leave) {
    public Request {
        leave = leave == null ? Leave.NONE : leave;
        taken = taken == null ? Set.of() : Set.copyOf(taken);
    }

    public Request waiting(Set<String> routes, boolean superseding) {
        return new Request(id, revision, actor, words, origin, plan, routes, superseding, leave);
    }

    public boolean names(String route) {
        return plan.targets().stream()
                .flatMap(target -> target.routes().stream())
                .anyMatch(one -> one.identity().equals(route));
    }

    /** The rollout that runs lets this route go. */
    public Request taking(String route) {
        var all = new HashSet<>(taken);
        all.add(route);
        return waiting(all, supersedes);
    }

    /** Of two that were sent in one millisecond the order is of no account, as long as it is always the same. */
    public boolean isNewerThan(String other, Instant sentAt) {
        var later = sentAt == null ? 1 : origin.sentAt().compareTo(sentAt);
        return later == 0 ? id.compareTo(other) > 0 : later > 0;
    }
}
