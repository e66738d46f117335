package dev.sluice.engine.core;

/**
 * What the engine knows of a route across rollouts; never forgotten, so that its generations only grow.
 *
 * @param application who holds it, from {@code start} until it is released; null when free
 * @param generation the highest ever issued or seen for it; 0 before the first
 * @param active which backend is the stable one; null before the first rollout
 * @param promoted whether a rollout was ever promoted on it: from then on an empty active backend is an outage and no
 *     first deployment (B29)
 */
public record RouteRow(String identity, String application, long generation, String active, boolean promoted) {

    static RouteRow unknown(String identity) {
        return new RouteRow(identity, null, 0, null, false);
    }

    RouteRow heldBy(String holder) {
        return new RouteRow(identity, holder, generation, active, promoted);
    }

    RouteRow atGeneration(long newest) {
        return new RouteRow(identity, application, Math.max(generation, newest), active, promoted);
    }

    RouteRow withActive(String backend) {
        return new RouteRow(identity, application, generation, backend, promoted);
    }

    RouteRow promotedTo(String backend) {
        return new RouteRow(identity, application, generation, backend, true);
    }

    /** One names the other, or an object as a whole names each of its rules. */
    boolean overlaps(String other) {
        return identity.equals(other) || identity.startsWith(other + "/") || other.startsWith(identity + "/");
    }
}
