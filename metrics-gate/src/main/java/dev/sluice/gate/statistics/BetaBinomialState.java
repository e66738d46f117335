package dev.sluice.gate.statistics;

/**
 * The e-process of Lindon and Malek (NeurIPS 2022) for two counts: per step, in which the canary's share of requests s stays the same, a
 * Beta(20 s, 20 (1-s)) prior over whose an error is, multiplied over steps. Slower than {@link RateRatioTest} at finding what it is
 * made for, but without a list of ratios in it. A step ends where a cell's share contradicts it.
 */
public final class BetaBinomialState {
    private static final double PRIOR_ERRORS = 20;
    private static final BetaBinomialState START = new BetaBinomialState(-1, new Steps(0, 0), Counts.NONE, Counts.NONE);

    private final int last;
    private final Steps over;
    private final Counts canary;
    private final Counts stable;

    /** The steps that are over, and the canary's errors in them above what its share explains. */
    private record Steps(double logE, double excess) {}

    private BetaBinomialState(int last, Steps over, Counts canary, Counts stable) {
        this.last = last;
        this.over = over;
        this.canary = canary;
        this.stable = stable;
    }

    public static BetaBinomialState start() {
        return START;
    }

    /** With a later cell. Counts that aren't known make the whole state unknown. */
    public BetaBinomialState after(Cell cell) {
        if (cell.index() <= last) {
            throw new IllegalArgumentException("cell %d comes after cell %d".formatted(cell.index(), last));
        }
        if (!cell.canary().areKnown() || !cell.stable().areKnown()) {
            return new BetaBinomialState(cell.index(), new Steps(Double.NaN, Double.NaN), canary, stable);
        }
        var share = new RequestShare(canary.requests(), stable.requests());
        if (share.isContradictedBy(cell.canary().requests(), cell.stable().requests())) {
            return new BetaBinomialState(cell.index(), sum(), cell.canary(), cell.stable());
        }
        return new BetaBinomialState(cell.index(), over, canary.plus(cell.canary()), stable.plus(cell.stable()));
    }

    private Steps sum() {
        var s = canary.requests() / (canary.requests() + stable.requests());
        if (!(s > 0 && s < 1)) {
            return over;
        }
        var logE = Coin.around(s, PRIOR_ERRORS).logE(canary.errors(), stable.errors(), s);
        return new Steps(over.logE + logE, over.excess + canary.errors() - s * (canary.errors() + stable.errors()));
    }

    /** The logarithm of the e-value; NaN where counts weren't known. */
    public double logE() {
        return sum().logE;
    }

    /** Whether the e-value is at its bar, 1/alpha, and it is the canary that has more errors. */
    public boolean isRejected(double alpha) {
        var sum = sum();
        return sum.logE >= Nats.bar(alpha) && sum.excess > 0;
    }
}
