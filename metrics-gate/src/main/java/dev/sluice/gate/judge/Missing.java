package dev.sluice.gate.judge;

import dev.sluice.gate.core.Measured;
import dev.sluice.gate.core.View;
import dev.sluice.schemas.rollout.Selector;

/** What a measure answers where it has no number. */
final class Missing {
    private Missing() {}

    static Measured series(View view, Selector selector) {
        return new Measured.Missing(() -> view.whyMissing(selector), 0);
    }

    static Measured values(Selector selector, String question, double events) {
        return new Measured.Missing(
                () -> selector.metric() + " has counts or histograms only; " + question + " needs events with `value`",
                Measured.wholeSamples(events));
    }

    /** Sums of huge numbers can overflow; a number that is none is never held against a limit. */
    static Measured unlessFinite(double value, long samples, boolean atLeast) {
        return Double.isFinite(value)
                ? new Measured.Found(value, samples, atLeast)
                : new Measured.Missing("the result is not a finite number", samples);
    }
}
