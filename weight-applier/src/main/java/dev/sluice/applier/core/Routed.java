package dev.sluice.applier.core;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder.Selector;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;
import dev.sluice.schemas.rollout.SessionAffinity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What becomes of a route's traffic, as its objects say.
 *
 * @param weights by backend, in whatever unit the object counts, a backend's several entries added up; one that isn't
 *     listed has no key
 * @param parts each rule's weights, where several are moved together; empty where there is one, whose weights these are
 * @param unit the smallest difference between two of these numbers where their total is fixed, so that shares may have to
 *     be rounded; 0 where every share can be exact
 * @param match requests that go to the canary whatever its weight; null: none
 * @param mirror copies of requests that the canary gets beside; null: none
 * @param affinity what keeps clients at the canary; null: nothing
 * @param selector what the active backend's Service selects, where the order asks for it; null: neither, or it isn't asked for
 * @param confirmation what the mesh says of what was written last; null where its kind has nothing to say that with, or
 *     nobody says anything
 * @param pending what is left to do of the write that the fence names; null where nothing is
 * @param unfit why the objects can't carry the route, with what to do; null where they can
 */
public record Routed(
        Map<String, BigDecimal> weights,
        BigDecimal unit,
        List<Part> parts,
        Match match,
        Mirror mirror,
        SessionAffinity affinity,
        Selector selector,
        Confirmation confirmation,
        Pending pending,
        String unfit) {

    /**
     * The rest of a write that takes several, with something to wait for in between.
     *
     * @param weight that it leads to
     * @param next what the next write asks for, for people; null where it isn't due
     * @param awaits what it waits for, for people; null where the next write is due
     */
    public record Pending(Weight weight, String next, String awaits) {
        public static Pending due(Weight weight, String next) {
            return new Pending(weight, next, null);
        }

        public static Pending awaiting(Weight weight, String what) {
            return new Pending(weight, null, what);
        }

        boolean isDue() {
            return awaits == null;
        }
    }

    /**
     * A rule's own weights: they are to be as the others', and a hand may have made them otherwise.
     *
     * @param unit as the whole's
     */
    public record Part(Map<String, BigDecimal> weights, BigDecimal unit) {
        public Part {
            weights = Map.copyOf(weights);
        }
    }

    public Routed {
        weights = Map.copyOf(weights);
        parts = List.copyOf(parts);
    }

    /** Weights alone, for kinds that can't do more. */
    public static Routed by(Map<String, BigDecimal> weights, String unfit) {
        return by(weights, BigDecimal.ZERO, unfit);
    }

    public static Routed by(Map<String, BigDecimal> weights, BigDecimal unit, String unfit) {
        return new Routed(weights, unit, List.of(), null, null, null, null, null, null, unfit);
    }

    /** @param each of the rules, in their order */
    public Routed of(List<Part> each) {
        return new Routed(weights, unit, each, match, mirror, affinity, selector, confirmation, pending, unfit);
    }

    /** What the rules' weights are; those of all where there is one. */
    List<Part> each() {
        return parts.isEmpty() ? List.of(new Part(weights, unit)) : parts;
    }

    /** @param flaw why it can't do so, with what to do; null where it can */
    public Routed beside(Match toCanary, Mirror copies, SessionAffinity kept, String flaw) {
        return new Routed(
                weights,
                unit,
                parts,
                toCanary,
                copies,
                kept,
                selector,
                confirmation,
                pending,
                unfit == null ? flaw : unfit);
    }

    /** @param flaw why it can't keep them, with what to do; null where it can */
    public Routed keeping(SessionAffinity kept, String flaw) {
        return beside(match, mirror, kept, flaw);
    }

    /** @param flaw why it can't carry the route, with what to do */
    public Routed but(String flaw) {
        return new Routed(weights, unit, parts, match, mirror, affinity, selector, confirmation, pending, flaw);
    }

    /** @param flaw why it can't be switched, with what to do; null where it can */
    public Routed selecting(Selector what, String flaw) {
        return new Routed(
                weights,
                unit,
                parts,
                match,
                mirror,
                affinity,
                what,
                confirmation,
                pending,
                unfit == null ? flaw : unfit);
    }

    public Routed confirmed(Confirmation given) {
        return new Routed(weights, unit, parts, match, mirror, affinity, selector, given, pending, unfit);
    }

    public Routed with(Pending rest) {
        return new Routed(weights, unit, parts, match, mirror, affinity, selector, confirmation, rest, unfit);
    }

    /** Whether the mesh works by what was written last; null where nobody says. */
    public Boolean inForce() {
        return confirmation == null ? null : confirmation.isGiven();
    }
}
