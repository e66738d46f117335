package dev.sluice.simulation.invariant;

import dev.sluice.simulation.world.Observation;

/** Sluice writes nothing into an object that a person has paused (B15). */
public final class PausedObjectsAreLeftAlone implements Invariant {
    @Override
    public void see(Observation seen) {
        if (seen instanceof Observation.Written written
                && !written.byHand()
                && written.before() != null
                && written.before().paused()) {
            throw new Violation(this, written.route() + " is paused and was written: " + written.after());
        }
    }
}
