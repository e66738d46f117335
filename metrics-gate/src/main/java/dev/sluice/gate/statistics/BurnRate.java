package dev.sluice.gate.statistics;

/**
 * How many times faster than allowed an error budget is spent, in a long window and, so that an alarm ends with its cause, in a short one
 * of the same kind (Google, The Site Reliability Workbook, chapter 5).
 *
 * @param objective the share of good requests that is promised, between 0 and 1
 */
public record BurnRate(double objective) {
    public BurnRate {
        if (!(objective > 0 && objective < 1)) {
            throw new IllegalArgumentException("an objective lies between 0 and 1, unlike " + objective);
        }
    }

    /** 1 spends exactly the budget; NaN without requests. */
    public double of(Counts window) {
        return window.areKnown() ? window.errors() / window.requests() / (1 - objective) : Double.NaN;
    }

    /** Whether both windows burn faster than the factor; never where one of them is not known. */
    public boolean isTooFast(Counts longWindow, Counts shortWindow, double factor) {
        return of(longWindow) > factor && of(shortWindow) > factor;
    }
}
