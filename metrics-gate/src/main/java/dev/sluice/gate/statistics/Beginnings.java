package dev.sluice.gate.statistics;

/**
 * How likely a regression is taken to begin in which cell, before anything is known: most likely with the run, else at any age,
 * with most of the weight on ages of minutes. The weights sum to less than one, which keeps the mixture of tests that begin
 * in each cell an e-process: a Bayesian relative of the Shiryaev-Roberts e-detector (Shin, Ramdas, Rinaldo, "E-detectors",
 * NEJSDS 2023). A fresh regression is found almost as soon as without the later beginnings: its bar is raised by 0.2 nats.
 */
final class Beginnings {
    private static final double WITH_THE_RUN = 0.8;
    private static final double LATER = 1 - WITH_THE_RUN;
    private static final double SCALE_SECONDS = 120;

    private Beginnings() {}

    /** The weight of beginnings in any cell after {@code last}, up to and including {@code cell}. */
    static double weight(int last, int cell) {
        if (last >= cell) {
            return 0;
        }
        var later = LATER * (after(last + 1) - after(cell + 1));
        return last < 0 ? WITH_THE_RUN + later : later;
    }

    /** The part of the later beginnings that lies at or after a cell's start: a power law, so that no age is the last. */
    private static double after(int cell) {
        return cell >= Grid.cells() ? 0 : StrictMath.cbrt(SCALE_SECONDS / (Grid.ageAt(cell) + SCALE_SECONDS));
    }
}
