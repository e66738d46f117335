package dev.sluice.gate.core;

/**
 * What a total is a total of.
 *
 * @param atMillis when it was so, as its sender says; its append time where he doesn't. Kept even where that is too far off to
 *     count by: totals are put in order by it
 * @param sinceMillis when the counting began, or {@link #UNKNOWN}
 * @param counter which of several counters of its series and process; null where there is but one
 */
public record Counting(long atMillis, long sinceMillis, IdHash counter) {
    /** For the time of a beginning that its sender doesn't say. */
    public static final long UNKNOWN = Long.MIN_VALUE;
}
