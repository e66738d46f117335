package dev.sluice.gate.core;

import java.time.Duration;

/** Cuts the time from a window's beginning on into cells. Cells may grow with their distance, so that there are never many. */
public interface Grid {
    /** Which cell, from 0, this time lies in. */
    int cell(long elapsedMillis);

    /** Where the cell begins; the next one's beginning is its end. */
    long startMillis(int cell);

    /** Cells of one length. */
    static Grid every(Duration length) {
        var millis = length.toMillis();
        return new Grid() {
            @Override
            public int cell(long elapsedMillis) {
                return Math.toIntExact(elapsedMillis / millis);
            }

            @Override
            public long startMillis(int cell) {
                return cell * millis;
            }
        };
    }
}
