package dev.sluice.applier.mesh;

import dev.sluice.schemas.Weight;

/**
 * A weight as two whole numbers: of 100, or where it has decimals of 1,000 or 10,000, so that they add up exactly.
 */
record WholeNumbers(int active, int canary) {
    private static final int HUNDREDTHS = 100_00;

    static WholeNumbers of(Weight weight) {
        var total = weight.hundredths() % 100 == 0 ? 100 : weight.hundredths() % 10 == 0 ? 1_000 : 10_000;
        var canary = weight.hundredths() / (HUNDREDTHS / total);
        return new WholeNumbers(total - canary, canary);
    }
}
