package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.Rollout;
import dev.sluice.simulation.world.Observation;

/** A retry goes the steps of the rollout before again, with the same revision, and nowhere where that was promoted. */
public final class RetriesLeaveWhatWasPromoted implements Invariant {
    @Override
    public void see(Observation seen) {
        if (seen instanceof Observation.Committed committed) {
            committed.each((state, decision) -> {
                if (decision instanceof Decision.Started started
                        && started.rollout().origin().retryOf() != null) {
                    check(state.rollout(), started.rollout());
                }
            });
        }
    }

    private void check(Rollout last, Rollout retry) {
        if (!last.id().equals(retry.origin().retryOf()) || !last.revision().equals(retry.revision())) {
            throw new Violation(this, retry.id() + " is no retry of " + last.id());
        }
        for (var run : retry.targets()) {
            var before = last.target(run.name()).orElseThrow();
            if (before.position().isPromoted()
                    || !before.plan().steps().equals(run.plan().steps())) {
                throw new Violation(
                        this, retry.id() + " goes to " + run.name() + " again, which is at " + before.position());
            }
        }
    }
}
