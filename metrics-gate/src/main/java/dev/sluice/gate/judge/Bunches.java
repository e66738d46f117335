package dev.sluice.gate.judge;

import dev.sluice.gate.core.Evidence;
import dev.sluice.gate.core.Side;
import dev.sluice.gate.core.View;
import dev.sluice.gate.statistics.Counts;
import dev.sluice.gate.statistics.Dispersion;
import java.util.function.Function;

/** How errors came before the rollout: alone or in bunches, as far as that is remembered. */
final class Bunches {
    private Bunches() {}

    /** @param counts of the stable side in one minute */
    static Dispersion before(Evidence evidence, Function<View, Counts> counts) {
        var known = Dispersion.UNKNOWN;
        for (var minute : evidence.minutesBefore()) {
            known = known.after(counts.apply(evidence.of(Side.STABLE, minute)));
        }
        return known;
    }
}
