package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.Gate;
import dev.sluice.engine.core.state.Gate.Place;
import dev.sluice.engine.core.state.Rollout;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.simulation.world.Observation;
import java.time.Instant;

/**
 * Nothing is ordered of a target before what its file has waited for first, nor is it promoted before what is to pass after
 * the deployment; those that depend on it begin after both.
 */
public final class BeforeAndAfterAreWaitedFor implements Invariant {
    @Override
    public void see(Observation seen) {
        if (seen instanceof Observation.Committed committed) {
            committed.each((state, decision) -> {
                switch (decision) {
                    case Decision.Began began -> began(state.rollout(), began);
                    case Decision.Promoted promoted when !promoted.blocks() -> promoted(state.rollout(), promoted);
                    default -> {}
                }
            });
        }
    }

    private void began(Rollout rollout, Decision.Began began) {
        var run = rollout.target(began.target()).orElseThrow();
        if (!run.plan().before().isEmpty() && !hasPassed(run, Place.BEFORE, began.at())) {
            throw new Violation(this, run.name() + " of " + rollout.id() + " begins at " + run.position());
        }
        for (var name : run.plan().dependsOn()) {
            var other = rollout.target(name).orElseThrow();
            if (!other.position().letsOthersStart()) {
                throw new Violation(
                        this,
                        run.name() + " of " + rollout.id() + " begins while " + name + " is at " + other.position());
            }
        }
    }

    private void promoted(Rollout rollout, Decision.Promoted promoted) {
        var run = rollout.target(promoted.target()).orElseThrow();
        if (!run.plan().after().isEmpty() && !hasPassed(run, Place.AFTER, promoted.at())) {
            throw new Violation(this, run.name() + " of " + rollout.id() + " is promoted at " + run.position());
        }
    }

    private static boolean hasPassed(TargetRun run, Place place, Instant at) {
        return run.stage() instanceof Gate gate && gate.place() == place && gate.isPassed(at);
    }
}
