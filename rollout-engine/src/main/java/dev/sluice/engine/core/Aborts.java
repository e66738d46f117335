package dev.sluice.engine.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The aborts that an application was sent, as far as a start that is read after them may have been sent before them: the
 * two travel on any partitions, and the broker's append time says which came first (B37). Bounded, whatever is sent.
 *
 * @param newest the newest abort of everything; null for none
 * @param newestOfTarget the newest abort that named one target; null for none
 * @param ofRollouts aborts that named the one rollout they meant, the newest last
 */
public record Aborts(Abort newest, Abort newestOfTarget, List<Abort> ofRollouts) {
    static final Aborts NONE = new Aborts(null, null, List.of());
    private static final int ROLLOUTS_KEPT = 16;

    /**
     * @param id the command's
     * @param target null: all of them
     * @param rollout the one it expects; null: whichever runs
     */
    public record Abort(String id, String actor, String target, String rollout, Instant appendedAt) {}

    public Aborts {
        ofRollouts = ofRollouts == null ? List.of() : List.copyOf(ofRollouts);
    }

    Aborts with(Abort abort) {
        if (abort.rollout() != null) {
            var kept = new ArrayList<>(ofRollouts);
            kept.add(abort);
            return new Aborts(
                    newest, newestOfTarget, kept.subList(Math.max(0, kept.size() - ROLLOUTS_KEPT), kept.size()));
        }
        return abort.target() == null
                ? new Aborts(newer(newest, abort), newestOfTarget, ofRollouts)
                : new Aborts(newest, newer(newestOfTarget, abort), ofRollouts);
    }

    private static Abort newer(Abort known, Abort abort) {
        return known != null && known.appendedAt().isAfter(abort.appendedAt()) ? known : abort;
    }

    /**
     * The abort that a start of this rollout must not overtake. Two commands of one millisecond may have come in either
     * order: the start loses, for it can be sent again.
     */
    Optional<Abort> before(String rollout, Instant appendedAt, Set<String> targets) {
        var named = ofRollouts.stream()
                .filter(abort -> abort.rollout().equals(rollout))
                .findFirst();
        return named.or(() -> Optional.ofNullable(newest).filter(abort -> !appendedAt.isAfter(abort.appendedAt())))
                .or(() -> Optional.ofNullable(newestOfTarget)
                        .filter(abort -> targets.contains(abort.target()) && !appendedAt.isAfter(abort.appendedAt())));
    }
}
