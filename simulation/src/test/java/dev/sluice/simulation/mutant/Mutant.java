package dev.sluice.simulation.mutant;

import dev.sluice.simulation.invariant.Invariant;
import dev.sluice.simulation.machine.Parts;

/**
 * A system with one rule taken out, and the invariant that must notice it.
 *
 * @param name says what it does wrong
 */
public record Mutant(String name, Class<? extends Invariant> trips, Parts parts) {
    @Override
    public String toString() {
        return name + " trips " + trips.getSimpleName();
    }
}
