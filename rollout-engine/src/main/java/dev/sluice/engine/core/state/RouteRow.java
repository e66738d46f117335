package dev.sluice.engine.core.state;

import dev.sluice.schemas.rollout.Route;
import java.time.Instant;

/**
 * What the engine knows of a route across rollouts; never forgotten, so that its generations only grow.
 *
 * @param application who holds it, from {@code start} until it is released; null when free
 * @param generation the highest ever issued or seen for it; 0 before the first
 * @param active which backend is the stable one; null before the first rollout
 * @param promoted whether a rollout was ever promoted on it: from then on an empty active backend is an outage and no
 *     first deployment (B29)
 * @param released when it was let go and an applier had carried that out, so that nobody needs its last order any more; null
 *     while it is held, and where nobody knows
 */
public record RouteRow(
        String identity, String application, long generation, String active, boolean promoted, Instant released) {

    public static RouteRow unknown(String identity) {
        return new RouteRow(identity, null, 0, null, false, null);
    }

    /** Its stable backend: what a promotion has made it, or the file says before the first. */
    public String activeOf(Route plan) {
        return active == null ? plan.active() : active;
    }

    public RouteRow heldBy(String holder) {
        return new RouteRow(identity, holder, generation, active, promoted, null);
    }

    /** Free, and its last order carried out. */
    public RouteRow released(Instant at) {
        return new RouteRow(identity, null, generation, active, promoted, at);
    }

    /** Its last order is off its topic; what is known of it stays, so that its generations only grow. */
    public RouteRow forgotten() {
        return new RouteRow(identity, application, generation, active, promoted, null);
    }

    public RouteRow atGeneration(long newest) {
        return new RouteRow(identity, application, Math.max(generation, newest), active, promoted, released);
    }

    public RouteRow withActive(String backend) {
        return new RouteRow(identity, application, generation, backend, promoted, released);
    }

    public RouteRow promotedTo(String backend) {
        return new RouteRow(identity, application, generation, backend, true, released);
    }

    /** One names the other, or an object as a whole names each of its rules. */
    public boolean overlaps(String other) {
        return identity.equals(other) || identity.startsWith(other + "/") || other.startsWith(identity + "/");
    }
}
