package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.state.Rollout;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.simulation.world.Observation;
import java.util.List;

/**
 * Of targets that go back together none goes on or stays promoted once one of them has failed (B21). What was promoted by
 * handing the traffic back stays, and what is on its way there: there is nothing else to go back to.
 */
public final class GroupsGoBackTogether implements Invariant {
    @Override
    public void see(Observation seen) {
        if (seen instanceof Observation.Committed committed && committed.after().rollout() != null) {
            var rollout = committed.after().rollout();
            groups(rollout).forEach(group -> check(rollout, group));
        }
    }

    private static List<List<String>> groups(Rollout rollout) {
        return rollout.terms().rollbackGroup()
                ? List.of(rollout.targets().stream().map(TargetRun::name).toList())
                : rollout.terms().lockstep();
    }

    private void check(Rollout rollout, List<String> group) {
        var targets =
                group.stream().map(name -> rollout.target(name).orElseThrow()).toList();
        var failed = targets.stream().filter(run -> run.position().hasFailed()).findFirst();
        if (failed.isPresent()) {
            for (var run : targets) {
                if (!run.position().hasFailed() && !isLeft(run)) {
                    throw new Violation(
                            this,
                            failed.get().name() + " of " + rollout.id() + " has failed, and " + run.name() + " is "
                                    + run.position());
                }
            }
        }
    }

    private static boolean isLeft(TargetRun run) {
        return switch (run.plan().onPromoted()) {
            case SWAP -> false;
            case HANDBACK -> run.position().isPromoted() || run.stage() instanceof Stage.HandingBack;
            case SELECTOR -> run.position().isPromoted();
        };
    }
}
