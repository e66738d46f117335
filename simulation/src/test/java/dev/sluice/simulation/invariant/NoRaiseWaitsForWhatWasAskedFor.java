package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.Holding;
import dev.sluice.engine.core.state.Rollout;
import dev.sluice.simulation.world.Observation;

/**
 * Requests that match go to the canary whatever its weight, and copies are counted by whoever gets them: where a file asks for
 * either, no raise waits because the canary gets more of the requests than its weight says.
 */
public final class NoRaiseWaitsForWhatWasAskedFor implements Invariant {
    @Override
    public void see(Observation seen) {
        if (seen instanceof Observation.Committed committed) {
            committed.each((state, decision) -> {
                if (decision instanceof Decision.RaiseHeld held && isForItsShare(held)) {
                    check(state.rollout(), held);
                }
            });
        }
    }

    private static boolean isForItsShare(Decision.RaiseHeld held) {
        return held.stage() instanceof Holding holding && holding.cause() == Holding.Cause.SHARE;
    }

    private void check(Rollout rollout, Decision.RaiseHeld held) {
        var run = rollout.target(held.target()).orElseThrow();
        var wanted = run.traffic().desired();
        var isMore = wanted.match() != null || wanted.mirror() != null;
        var last = run.judging().shares().last();
        if (isMore && last != null && last.low() > wanted.weight().hundredths() / 100.0) {
            throw new Violation(this, held.target() + " of " + rollout.id() + " waits: " + held.why());
        }
    }
}
