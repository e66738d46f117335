package dev.sluice.notifier.delivery;

import java.time.Duration;

/**
 * How long is waited before a try: a second, then twice as long each time.
 *
 * @param longest pause that this comes to
 */
record Pauses(Duration longest) {
    private static final Duration FIRST = Duration.ofSeconds(1);
    /** More doublings than any pause needs. */
    private static final int MOST_DOUBLINGS = 20;

    /**
     * @param failed tries so far, at least 1
     * @param atLeast what the receiver asks for
     */
    Duration after(int failed, Duration atLeast) {
        var doubled = FIRST.multipliedBy(1L << Math.min(failed - 1, MOST_DOUBLINGS));
        var pause = doubled.compareTo(longest) > 0 ? longest : doubled;
        return pause.compareTo(atLeast) > 0 ? pause : atLeast;
    }
}
