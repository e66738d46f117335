package dev.sluice.engine.core.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The aborts that an application was sent, as far as a start that is read after them may have been sent before them: the
 * two travel on any partitions, and the broker's append time says which came first (B37). Bounded, whatever is sent: an
 * abort for which there is no room counts as one of everything, since a start that is refused can be sent again.
 *
 * @param newest the newest abort of everything; null for none
 * @param ofTargets the newest abort of each target that was named, the newest last
 * @param ofRollouts aborts that named the one rollout they meant, the newest last
 */
public record Aborts(Abort newest, List<Abort> ofTargets, List<Abort> ofRollouts) {
    public static final Aborts NONE = new Aborts(null, List.of(), List.of());
    private static final int KEPT = 16;

    /**
     * @param id the command's
     * @param target null: all of them
     * @param rollout the one it expects; null: whichever runs
     */
    public record Abort(String id, String actor, String target, String rollout, Instant appendedAt) {}

    public Aborts {
        ofTargets = ofTargets == null ? List.of() : List.copyOf(ofTargets);
        ofRollouts = ofRollouts == null ? List.of() : List.copyOf(ofRollouts);
    }

    public Aborts with(Abort abort) {
        if (abort.rollout() != null) {
            var kept = new ArrayList<>(ofRollouts);
            kept.removeIf(known -> isOfTheSame(known, abort));
            kept.add(abort);
            return new Aborts(overflowing(kept), ofTargets, kept);
        }
        if (abort.target() != null) {
            var kept = new ArrayList<>(ofTargets);
            var known = kept.stream()
                    .filter(other -> other.target().equals(abort.target()))
                    .findFirst();
            known.ifPresent(kept::remove);
            kept.add(newer(known.orElse(null), abort));
            return new Aborts(overflowing(kept), kept, ofRollouts);
        }
        return new Aborts(newer(newest, abort), ofTargets, ofRollouts);
    }

    private static boolean isOfTheSame(Abort one, Abort other) {
        return one.rollout().equals(other.rollout()) && Objects.equals(one.target(), other.target());
    }

    private Abort overflowing(List<Abort> kept) {
        return kept.size() > KEPT ? newer(newest, kept.removeFirst()) : newest;
    }

    private static Abort newer(Abort known, Abort abort) {
        return known != null && known.appendedAt().isAfter(abort.appendedAt()) ? known : abort;
    }

    /**
     * The abort that a start of this rollout must not overtake. Two commands of one millisecond may have come in either
     * order: the start loses, for it can be sent again.
     */
    public Optional<Abort> before(String rollout, Instant appendedAt, Set<String> targets) {
        var named = ofRollouts.stream()
                .filter(abort -> abort.rollout().equals(rollout) && concerns(abort, targets))
                .findFirst();
        var later = Stream.concat(
                        Stream.ofNullable(newest), ofTargets.stream().filter(abort -> concerns(abort, targets)))
                .filter(abort -> !appendedAt.isAfter(abort.appendedAt()))
                .findFirst();
        return named.or(() -> later);
    }

    private static boolean concerns(Abort abort, Set<String> targets) {
        return abort.target() == null || targets.contains(abort.target());
    }
}
