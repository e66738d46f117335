package dev.sluice.simulation.invariant;

import dev.sluice.simulation.world.Observation;

/** Something that holds at every moment of every run, or at its end. Confined to one run. */
public interface Invariant {
    /** @throws Violation when what is seen breaks it */
    void see(Observation seen);

    /**
     * The faults have been over for so long that everything has come to rest.
     *
     * @throws Violation when the rest is not as it should be
     */
    default void atEnd(Ending ending) {}
}
