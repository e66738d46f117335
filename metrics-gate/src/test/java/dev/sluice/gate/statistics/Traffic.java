package dev.sluice.gate.statistics;

import java.util.SplittableRandom;

/** Requests and errors of both sides in cells of a grid, by chance, the same for the same seed. */
final class Traffic {
    private final SplittableRandom chance;
    private final double requestsPerSecond;
    private final double share;
    private final double errorRate;

    Traffic(long seed, double requestsPerSecond, double share, double errorRate) {
        this.chance = new SplittableRandom(seed);
        this.requestsPerSecond = requestsPerSecond;
        this.share = share;
        this.errorRate = errorRate;
    }

    /** @param ratio of the canary's error rate to the stable side's */
    Cell cell(int index, double ratio) {
        return cell(index, ratio, share);
    }

    Cell cell(int index, double ratio, double ofShare) {
        var grid = new Grid(0);
        var seconds = (grid.endOf(index) - grid.startOf(index)) / 1000.0;
        var canary = Math.rint(requestsPerSecond * seconds * ofShare);
        var stable = Math.rint(requestsPerSecond * seconds * (1 - ofShare));
        return new Cell(
                index,
                new Counts(canary, poisson(canary * errorRate * ratio)),
                new Counts(stable, poisson(stable * errorRate)));
    }

    double poisson(double mean) {
        double count = -1;
        for (double time = 0; time <= mean; count++) {
            time -= Math.log(1 - chance.nextDouble());
        }
        return count;
    }
}
