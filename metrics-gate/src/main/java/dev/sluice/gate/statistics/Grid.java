package dev.sluice.gate.statistics;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * The cells into which the time of a run is cut, so that its evidence stays small: a second each at first, later a
 * twenty-fifth of the run's age, up to a day; whatever comes after a day is one more cell. Bounds are whole tenths of a
 * second, as panes are. The same times give the same cells on every machine.
 *
 * @param startMillis of the run
 */
public record Grid(long startMillis) {
    private static final long PANE_MILLIS = 100;
    private static final long SHORTEST_MILLIS = 1_000;
    private static final long PARTS_OF_AGE = 25;
    private static final long DAY_MILLIS = 86_400_000;

    private static final long[] STARTS =
            LongStream.iterate(0, age -> age < DAY_MILLIS, Grid::next).toArray();

    private static long next(long age) {
        return age + Math.max(SHORTEST_MILLIS, age / PARTS_OF_AGE / PANE_MILLIS * PANE_MILLIS);
    }

    /** How many cells there can be. */
    public static int cells() {
        return STARTS.length;
    }

    /** The cell that a time lies in; times before the start lie in the first. */
    public int cellAt(long timeMillis) {
        var found = Arrays.binarySearch(STARTS, timeMillis - startMillis);
        return found >= 0 ? found : Math.max(0, -found - 2);
    }

    /** The first moment of a cell. */
    public long startOf(int cell) {
        return startMillis + STARTS[cell];
    }

    /** The first moment after a cell; the last has no end. */
    public long endOf(int cell) {
        return cell + 1 < STARTS.length ? startOf(cell + 1) : Long.MAX_VALUE;
    }

    /** The age of the run in seconds when a cell begins. */
    static double ageAt(int cell) {
        return STARTS[Math.min(cell, STARTS.length - 1)] / 1000.0;
    }
}
