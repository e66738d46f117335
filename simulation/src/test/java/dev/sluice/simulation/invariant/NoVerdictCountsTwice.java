package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.simulation.world.Observation;
import java.util.HashSet;
import java.util.Set;

/** Each run of an analysis is judged once, and only the engine's first word on it counts. */
public final class NoVerdictCountsTwice implements Invariant {
    private final Set<String> judged = new HashSet<>();

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.Restored restored -> judged.clear();
            case Observation.Committed committed ->
                committed.decisions().forEach(decision -> {
                    if (decision instanceof Decision.RunJudged run && !judged.add(run.analysis() + "/" + run.run())) {
                        throw new Violation(this, "run " + run.run() + " of " + run.analysis() + " counts again");
                    }
                });
            default -> {}
        }
    }
}
