package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.simulation.world.Observation;

/**
 * Targets of a lockstep group enter each step together: whoever enters one finds all the others there, or past it. Those that
 * are over or on their way back are waited for by nobody.
 */
public final class LockstepIsKept implements Invariant {
    @Override
    public void see(Observation seen) {
        if (seen instanceof Observation.Committed committed) {
            for (var decision : committed.decisions()) {
                if (decision instanceof Decision.StepEntered entered
                        && entered.stage().step() > 0) {
                    check(committed, entered);
                }
            }
        }
    }

    private void check(Observation.Committed committed, Decision.StepEntered entered) {
        var rollout = committed.after().rollout();
        var step = entered.stage().step();
        for (var name : rollout.terms().companions(entered.target())) {
            var other = rollout.target(name).orElseThrow();
            if (!hasComeTo(other, step)) {
                throw new Violation(
                        this,
                        entered.target() + " of " + rollout.id() + " enters step " + step + ", and " + name + " is at "
                                + other.position());
            }
        }
    }

    private static boolean hasComeTo(TargetRun run, int step) {
        var position = run.position();
        return position.isEnded()
                || position.hasFailed()
                || position.step() >= step
                // a first deployment has fewer of them
                || (position.step() > 0 && run.plan().steps().size() < step);
    }
}
