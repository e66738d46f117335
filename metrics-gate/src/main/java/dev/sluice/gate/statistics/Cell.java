package dev.sluice.gate.statistics;

/**
 * What both sides did in one cell of a {@link Grid}.
 *
 * @param index the cell's, from 0
 */
public record Cell(int index, Counts canary, Counts stable) {
    public Cell {
        if (index < 0) {
            throw new IllegalArgumentException("cells count from 0, not from " + index);
        }
    }
}
