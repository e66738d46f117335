package dev.sluice.simulation.invariant;

/** A run broke an invariant. */
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Violation(Invariant broken, String words) {
        super(broken.getClass().getSimpleName() + ": " + words);
    }
}
