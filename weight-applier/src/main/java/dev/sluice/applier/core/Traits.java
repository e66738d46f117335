package dev.sluice.applier.core;

/**
 * What the rules need to know about a kind of routing object.
 *
 * @param created whether Sluice creates such objects itself
 * @param fallback the backend that gets all traffic where the object isn't there; null where none of the two does
 */
public record Traits(boolean created, String fallback) {
    /** For kinds that are a user's own object: edited, never created. */
    public static final Traits EDITED = new Traits(false, null);
}
