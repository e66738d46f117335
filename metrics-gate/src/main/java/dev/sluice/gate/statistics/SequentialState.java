package dev.sluice.gate.statistics;

/**
 * What a run's cells so far say by a {@link RateRatioTest}. Immutable, so that a state per cell can be kept, and only what follows a
 * changed cell is folded again; the last cell may grow, by folding it onto the state before it. Evidence against the canary
 * only ever grows with its errors.
 */
public final class SequentialState {
    /** Far above any bar, and far from overflowing. */
    private static final double CERTAIN = 1e200;

    private final RateRatioTest test;
    private final int last;
    private final double[] evidence;
    private final double notBegun;
    private final RequestShare share;
    private final Dispersion dispersion;
    private final Tally tally;

    /**
     * What the interval is made of: errors, and those that the canary had had by its share of requests.
     *
     * @param canaryRequests of the whole run, likewise {@code stableRequests}
     */
    private record Tally(double canary, double stable, double expected, double canaryRequests, double stableRequests) {
        static final Tally NONE = new Tally(0, 0, 0, 0, 0);
    }

    private SequentialState(
            RateRatioTest test,
            int last,
            double[] evidence,
            double notBegun,
            RequestShare share,
            Dispersion dispersion,
            Tally tally) {
        this.test = test;
        this.last = last;
        this.evidence = evidence;
        this.notBegun = notBegun;
        this.share = share;
        this.dispersion = dispersion;
        this.tally = tally;
    }

    static SequentialState start(RateRatioTest test, Dispersion dispersion) {
        return new SequentialState(test, -1, new double[test.terms()], 1, RequestShare.UNKNOWN, dispersion, Tally.NONE);
    }

    /**
     * With a cell later than all before. Counts that aren't known make the whole state unknown, which rejects nothing.
     *
     * @throws IllegalArgumentException for a cell that isn't later
     */
    public SequentialState after(Cell cell) {
        if (cell.index() <= last) {
            throw new IllegalArgumentException("cell %d comes after cell %d".formatted(cell.index(), last));
        }
        var canary = cell.canary();
        var stable = cell.stable();
        var nextShare = share.after(canary.requests(), stable.requests());
        var nextDispersion = dispersion.after(stable);
        if (!canary.areKnown() || !stable.areKnown()) {
            return new SequentialState(test, cell.index(), evidence, Double.NaN, nextShare, nextDispersion, tally);
        }
        var s = nextShare.value();
        var tells = s > 0 && s < 1;
        return new SequentialState(
                test,
                cell.index(),
                tells ? evidenceAfter(cell, s) : begunBy(cell.index()),
                notBegun - test.begun(last, cell.index()),
                nextShare,
                nextDispersion,
                tells ? tallyAfter(cell, s) : tally);
    }

    private double[] begunBy(int cell) {
        var next = evidence.clone();
        for (int term = 0; term < next.length; term++) {
            next[term] += test.weight(term, last, cell);
        }
        return next;
    }

    /** A cell is weighed by what is known before it of how errors come, so that no cell chooses its own weight. */
    private double[] evidenceAfter(Cell cell, double s) {
        var next = begunBy(cell.index());
        var factor = dispersion.factor();
        for (int term = 0; term < next.length; term++) {
            var log = test.logRatio(
                    term, s, cell.canary().errors() / factor, cell.stable().errors() / factor);
            next[term] = Math.min(CERTAIN, next[term] * StrictMath.exp(log));
        }
        return next;
    }

    private Tally tallyAfter(Cell cell, double s) {
        var errors = cell.canary().errors() + cell.stable().errors();
        return new Tally(
                tally.canary + cell.canary().errors(),
                tally.stable + cell.stable().errors(),
                tally.expected + s * errors,
                tally.canaryRequests + cell.canary().requests(),
                tally.stableRequests + cell.stable().requests());
    }

    /** The logarithm of the e-value; NaN where counts weren't known. */
    public double logE() {
        var sum = Math.max(0, notBegun);
        for (var term : evidence) {
            sum += term;
        }
        return Double.isNaN(notBegun) ? Double.NaN : StrictMath.log(sum);
    }

    /** Whether the e-value is at its bar, 1/alpha, now. Under the limit that ever happens with probability at most alpha. */
    public boolean isRejected(double alpha) {
        return logE() >= Nats.bar(alpha);
    }

    /**
     * How many errors of its the canary would have failed by, had all come at one share of requests since the run began; errors of the
     * stable side as they are. That evidence may have been enough before, and that a later beginning may count too, is left out:
     * it would have failed at least as surely. Never where that many requests weren't there.
     */
    Power.Condition condition(double alpha) {
        var requests = Math.floor(tally.canaryRequests);
        var s = tally.canaryRequests / (tally.canaryRequests + tally.stableRequests);
        if (Double.isNaN(notBegun) || !(s > 0 && s < 1) || logE(requests, s) < Nats.bar(alpha)) {
            return new Power.Condition(requests, Double.POSITIVE_INFINITY);
        }
        double none = -1;
        var enough = requests;
        while (enough - none > 1) {
            var middle = Math.floor((none + enough) / 2);
            if (logE(middle, s) < Nats.bar(alpha)) {
                none = middle;
            } else {
                enough = middle;
            }
        }
        return new Power.Condition(requests, enough);
    }

    private double logE(double canaryErrors, double s) {
        double sum = 0;
        for (int term = 0; term < test.terms(); term++) {
            var log = test.logRatio(term, s, canaryErrors, tally.stable);
            sum += test.weight(term, -1, 0) * Math.min(CERTAIN, StrictMath.exp(log));
        }
        return StrictMath.log(sum);
    }

    /** How errors come, as far as the stable side tells; counts are divided by it. */
    public double dispersion() {
        return dispersion.factor();
    }

    /** The ratio of the run's error rates, with an interval that holds at all times at once. */
    public RatioInterval interval(double alpha) {
        if (Double.isNaN(notBegun)) {
            return RatioInterval.UNKNOWN;
        }
        var errors = tally.canary + tally.stable;
        var factor = dispersion.factor();
        return RatioInterval.of(tally.canary / factor, tally.stable / factor, tally.expected / errors, alpha);
    }
}
