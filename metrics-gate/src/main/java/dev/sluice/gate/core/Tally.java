package dev.sluice.gate.core;

/**
 * Events of one batch, by what became of them.
 *
 * @param kept aggregated
 * @param clamped of these, how many count at their append time because their own was too far off
 * @param repeated dropped: known by id, or sent on twice
 * @param overflowed dropped: the bounds leave no room
 * @param otherRevision of the kept, how many are of a revision that no running analysis names
 * @param withoutIncrease totals that told none: the first of a counter, repeats, and those that came late
 */
public record Tally(long kept, long clamped, long repeated, long overflowed, long otherRevision, long withoutIncrease) {
    /** Of a batch without totals. */
    public Tally(long kept, long clamped, long repeated, long overflowed, long otherRevision) {
        this(kept, clamped, repeated, overflowed, otherRevision, 0);
    }
}
