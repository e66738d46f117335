package dev.sluice.simulation.invariant;

import dev.sluice.schemas.message.Fence;
import dev.sluice.simulation.world.Observation;
import java.util.HashMap;
import java.util.Map;

/** Whatever Sluice writes into an object carries a fence at least as high as the one that was there. */
public final class FenceNeverGoesBack implements Invariant {
    /** By route and the object's uid: one that was made anew, or whose annotation a person took away, begins anew. */
    private final Map<String, Fence> highest = new HashMap<>();

    @Override
    public void see(Observation seen) {
        if (!(seen instanceof Observation.Written written) || written.after() == null) {
            return;
        }
        var uid = written.route() + " " + written.after().uid();
        var fence = written.after().fence();
        if (written.byHand()) {
            highest.remove(uid);
        } else if (highest.containsKey(uid) && fence.isBelow(highest.get(uid))) {
            throw new Violation(this, written.route() + " went back from " + highest.get(uid) + " to " + fence);
        }
        if (fence != null) {
            highest.put(uid, fence);
        }
    }
}
