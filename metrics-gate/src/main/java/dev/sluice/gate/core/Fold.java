package dev.sluice.gate.core;

/**
 * Goes through a window cell by cell. Pure, and its states never change: they are kept, and only what follows a changed cell is
 * gone through again.
 */
public interface Fold<S> {
    S start();

    /** @param stable what its events in the same cell come to */
    S after(S state, View canary, View stable);
}
