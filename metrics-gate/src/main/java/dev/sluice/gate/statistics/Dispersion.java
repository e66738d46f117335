package dev.sluice.gate.statistics;

/**
 * By how much errors come in bunches: the variance of their counts over that of independent errors (1), told by how much
 * neighbouring cells of the stable side differ. Differences of neighbours, since the error rate itself may drift. The first cells
 * say little, so independent errors are added to them; cells from before the run make the estimate good from its start.
 * Tests that divide their counts by it keep their false-alarm rate (McCullagh and Nelder, Generalized Linear Models,
 * 1989, 4.5: quasi-likelihood).
 *
 * @param before the last cell
 * @param squares sum of squared differences of the error rate, each over its variance per unit of dispersion and error rate
 * @param rates sum of the error rates that the differences were taken of
 * @param errors in all cells
 */
public record Dispersion(Counts before, double squares, double rates, double errors) {
    /** Nothing is known: errors are taken to be independent. */
    public static final Dispersion UNKNOWN = new Dispersion(Counts.NONE, 0, 0, 0);

    private static final double INDEPENDENT_ERRORS = 10;

    /** With one more cell, which is over; cells may have any length. */
    public Dispersion after(Counts cell) {
        if (!cell.areKnown() || cell.requests() == 0) {
            return this;
        }
        if (before.requests() == 0) {
            return new Dispersion(cell, squares, rates, errors + cell.errors());
        }
        var difference = cell.errors() / cell.requests() - before.errors() / before.requests();
        var both = before.plus(cell);
        return new Dispersion(
                cell,
                squares + difference * difference / (1 / cell.requests() + 1 / before.requests()),
                rates + both.errors() / both.requests(),
                errors + cell.errors());
    }

    /** At least 1. */
    public double factor() {
        if (!(rates > 0)) {
            return 1;
        }
        var shrunk = (errors * squares / rates + INDEPENDENT_ERRORS) / (errors + INDEPENDENT_ERRORS);
        return Math.max(1, shrunk);
    }
}
