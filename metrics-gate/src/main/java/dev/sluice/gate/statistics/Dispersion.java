package dev.sluice.gate.statistics;

/**
 * By how much errors come in bunches: the variance of their counts over that of independent errors (1), told by how much
 * neighbouring cells of the stable side differ. Differences of neighbours, since the error rate itself may drift. What may well be
 * chance is taken for independent errors, and few errors say little; cells from before the run make the estimate good from
 * its start. Tests that divide their counts by it keep their false-alarm rate (McCullagh and Nelder, Generalized Linear Models, 1989, 4.5:
 * quasi-likelihood).
 *
 * @param before the last cell
 * @param differences how many there are
 * @param squares sum of squared differences of the error rate, each over its variance per unit of dispersion and error rate
 * @param rates sum of the error rates that the differences were taken of
 * @param errors in all cells
 */
public record Dispersion(Counts before, int differences, double squares, double rates, double errors) {
    /** Nothing is known: errors are taken to be independent. */
    public static final Dispersion UNKNOWN = new Dispersion(Counts.NONE, 0, 0, 0, 0);

    private static final double INDEPENDENT_ERRORS = 5;
    private static final double SURELY = 2;

    /** With one more cell, which is over; cells may have any length. */
    public Dispersion after(Counts cell) {
        if (!cell.areKnown() || cell.requests() == 0) {
            return this;
        }
        if (before.requests() == 0) {
            return new Dispersion(cell, differences, squares, rates, errors + cell.errors());
        }
        var difference = cell.errors() / cell.requests() - before.errors() / before.requests();
        var both = before.plus(cell);
        return new Dispersion(
                cell,
                differences + 1,
                squares + difference * difference / (1 / cell.requests() + 1 / before.requests()),
                rates + both.errors() / both.requests(),
                errors + cell.errors());
    }

    /** At least 1. */
    public double factor() {
        if (!(rates > 0) || squares / rates < 1 + SURELY * standardError()) {
            return 1;
        }
        return (errors * squares / rates + INDEPENDENT_ERRORS) / (errors + INDEPENDENT_ERRORS);
    }

    /** Of the estimate, if errors are independent: of many errors a cell as of normal ones, of few as of counts. */
    private double standardError() {
        return StrictMath.sqrt((1 + 3 * errors / differences) / errors);
    }
}
