package dev.sluice.applier.mesh;

/** What a mesh does with the objects of a kind, and the applier's account so has to be allowed. */
public enum Use {
    READ,
    /** Read, and changed where they are there. */
    EDIT,
    /** Edited, and its replicas set by its {@code scale}. */
    SCALE,
    /** Created and removed too. */
    MAKE
}
