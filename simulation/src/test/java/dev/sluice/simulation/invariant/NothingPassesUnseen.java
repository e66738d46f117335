package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.simulation.world.Observation;
import java.util.HashSet;
import java.util.Set;

/** An analysis passes only if the gate found a run of it passed: silence within a limit is no success (B10). */
public final class NothingPassesUnseen implements Invariant {
    private final Set<String> passed = new HashSet<>();

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.Appended appended
            when appended.message() instanceof Verdict verdict && verdict.outcome() == Outcome.PASS ->
                passed.add(verdict.analysis());
            case Observation.Committed committed -> committed.decisions().forEach(this::decided);
            default -> {}
        }
    }

    private void decided(Decision decision) {
        if (decision instanceof Decision.AnalysisClosed closed
                && closed.outcome() == Outcome.PASS
                && !passed.contains(closed.analysis())) {
            throw new Violation(
                    this,
                    closed.analysis() + " passed without a run that passed: "
                            + closed.why().words());
        }
    }
}
