package dev.sluice.gate.judge;

import dev.sluice.gate.core.Evidence;
import dev.sluice.gate.core.Reach;
import dev.sluice.gate.core.Side;
import dev.sluice.gate.core.View;
import dev.sluice.schemas.rollout.Rule.Baseline;

/** What a canary is compared with. */
final class Baselines {
    private Baselines() {}

    static View of(Baseline baseline, Evidence evidence) {
        return switch (baseline) {
            case STABLE -> evidence.of(Side.STABLE);
            case PREVIOUS -> evidence.of(Side.STABLE, evidence.before());
        };
    }

    static Reach reach(Baseline baseline) {
        return Reach.before(baseline == Baseline.PREVIOUS);
    }

    static String word(Baseline baseline) {
        return switch (baseline) {
            case STABLE -> "stable";
            case PREVIOUS -> "before the rollout";
        };
    }
}
