package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.RouteRun;
import dev.sluice.engine.core.state.State;
import dev.sluice.schemas.message.Phase;
import dev.sluice.simulation.cluster.Split;
import dev.sluice.simulation.world.Observation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * When a rollout starts that superseded another one, nothing of that other is left on the routes that it brought back: no
 * weight, match or mirror. Routes that a person has touched are left out.
 */
public final class SupersededRolloutsLeaveNothing implements Invariant {
    private final Set<String> superseding = new HashSet<>();
    private final Set<String> touched = new HashSet<>();
    private final Map<String, Split> splits = new HashMap<>();
    private boolean isRestored;

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.Written written -> written(written);
            case Observation.Committed committed -> committed.each(this::decided);
            case Observation.Restored restored -> isRestored = true;
            default -> {}
        }
    }

    private void written(Observation.Written written) {
        if (written.byHand()) {
            touched.add(written.route());
        }
        if (written.after() == null) {
            splits.remove(written.route());
        } else {
            splits.put(written.route(), written.after());
        }
    }

    private void decided(State state, Decision decision) {
        switch (decision) {
            case Decision.Enqueued enqueued
            when enqueued.queued().supersedes() ->
                superseding.add(enqueued.queued().id());
            case Decision.Started started
            when superseding.contains(started.rollout().id()) && !isRestored -> check(state);
            default -> {}
        }
    }

    private void check(State before) {
        for (var target : before.rollout().targets()) {
            if (target.position().phase() == Phase.ROLLED_BACK) {
                target.traffic().routes().stream().filter(RouteRun::begun).forEach(this::check);
            }
        }
    }

    private void check(RouteRun route) {
        var split = splits.get(route.identity());
        var isOurs = split != null && !touched.contains(route.identity());
        if (isOurs && (split.share(route.canary()) > 0 || split.matching() || split.copying())) {
            throw new Violation(this, route.identity() + " still sends requests to " + route.canary() + ": " + split);
        }
    }
}
