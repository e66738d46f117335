package dev.sluice.gate.statistics;

import java.time.Duration;
import java.util.List;

/**
 * How many times faster than allowed an error budget is spent, in a long window and, so that an alarm ends with its cause, in a short one
 * of the same kind (Google, The Site Reliability Workbook, chapter 5).
 *
 * @param objective the share of good requests that is promised, between 0 and 1
 */
public record BurnRate(double objective) {
    /** The workbook's pairs: a page twice, and a ticket. */
    public static final List<Pair> WORKBOOK = List.of(
            new Pair(Duration.ofHours(1), Duration.ofMinutes(5), 14.4),
            new Pair(Duration.ofHours(6), Duration.ofMinutes(30), 6),
            new Pair(Duration.ofDays(3), Duration.ofHours(6), 1));

    public BurnRate {
        if (!(objective > 0 && objective < 1)) {
            throw new IllegalArgumentException("an objective lies between 0 and 1, unlike " + objective);
        }
    }

    /** A long and a short window, and the factor from which on both burn too fast. */
    public record Pair(Duration longWindow, Duration shortWindow, double factor) {}

    /** 1 spends exactly the budget; NaN without requests. */
    public double of(Counts window) {
        return window.areKnown() ? window.errors() / window.requests() / (1 - objective) : Double.NaN;
    }

    /** Whether both windows burn faster than the factor; never where one of them is not known. */
    public boolean isTooFast(Counts longWindow, Counts shortWindow, double factor) {
        return of(longWindow) > factor && of(shortWindow) > factor;
    }
}
