package dev.sluice.gate.core;

/** What of one run's sums a series adds to. */
final class Tap {
    private final RunSums sums;
    private final int[] slots;
    /** In the same order. */
    private final Aggregate[] into;

    Tap(RunSums sums, int[] slots, Aggregate[] into) {
        this.sums = sums;
        this.slots = slots;
        this.into = into;
    }

    RunSums sums() {
        return sums;
    }

    void add(Sample sample) {
        if (!sums.covers(sample.millis())) {
            return;
        }
        for (int i = 0; i < into.length; i++) {
            if (!sums.isPlain()) {
                sums.addByQuery(slots[i], into[i], sample);
            } else if (sample.isCount()) {
                into[i].addCounted(sample.number());
            } else {
                sums.add(slots[i], into[i], sample);
            }
        }
    }

    /** Adds up what the panes hold from there up to there. */
    void read(Series series, long startMillis, long endMillis) {
        for (int i = 0; i < into.length; i++) {
            sums.read(slots[i], into[i], series, startMillis, endMillis);
        }
    }
}
