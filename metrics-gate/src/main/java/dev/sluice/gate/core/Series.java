package dev.sluice.gate.core;

import java.util.Arrays;

/** One series: its panes, whose they are, and who listens to its events. Itself the panes, so that an event finds them at once. */
final class Series extends Panes {
    static final int CELLS = 32;

    private static final Tap[] NO_TAPS = {};

    private final SeriesKey key;
    private final TargetWindows windows;
    private Listeners listeners = Listeners.NONE;
    private boolean isAsked;
    private Tap[] taps = NO_TAPS;
    private boolean wasAsked;
    private boolean gone;

    /** @param windows of the target that it is of */
    Series(SeriesKey key, TargetWindows windows) {
        this.key = key;
        this.windows = windows;
    }

    SeriesKey key() {
        return key;
    }

    TargetWindows windows() {
        return windows;
    }

    /** Who makes what of its events. */
    Listeners listeners() {
        return listeners;
    }

    void listenedToBy(Listeners those) {
        listeners = those;
        isAsked = those.isAsked();
        taps = NO_TAPS;
        those.connect(this);
    }

    boolean isAsked() {
        return isAsked;
    }

    /** Its events go there as well. */
    void adds(Tap tap) {
        taps = Arrays.copyOf(taps, taps.length + 1);
        taps[taps.length - 1] = tap;
    }

    void addsNoMore(RunSums sums) {
        taps = Arrays.stream(taps).filter(tap -> tap.sums() != sums).toArray(Tap[]::new);
    }

    void readInto(RunSums sums, long startMillis, long endMillis) {
        for (var tap : taps) {
            if (tap.sums() == sums) {
                tap.read(this, startMillis, endMillis);
            }
        }
    }

    /** Whether a query asks for it, and none did when this was last said. */
    boolean isAskedForTheFirstTime() {
        var first = isAsked && !wasAsked;
        wasAsked |= first;
        return first;
    }

    /** Nobody keeps it any more. */
    void leave() {
        gone = true;
        listenedToBy(Listeners.NONE);
    }

    boolean isGone() {
        return gone;
    }

    /** Says false where there is no room. */
    boolean add(Sample sample, Bounds bounds, Budget budget) {
        if (!add(sample, bounds, budget, isAsked)) {
            return false;
        }
        for (var tap : taps) {
            tap.add(sample);
        }
        return true;
    }
}
