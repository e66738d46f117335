package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.state.Holding;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.simulation.world.Observation;

/** Once everybody calls through the mesh again, no raise waits any more for requests and weight to agree (B36, B48). */
public final class RaisesGoOnOnceSharesAgree implements Invariant {
    private static final double NEAR_PERCENT = 1;

    private boolean isRoomScarce;

    @Override
    public void see(Observation seen) {
        isRoomScarce |= seen instanceof Observation.RoomIsScarce;
    }

    @Override
    public void atEnd(Ending ending) {
        for (var state : ending.states().values()) {
            if (state.rollout() != null && !isRoomScarce) {
                state.rollout().targets().forEach(target -> check(target, ending));
            }
        }
    }

    private void check(TargetRun target, Ending ending) {
        var isHeldBySomeone = target.position().hold() != null;
        var isHeldByItsShare = target.stage() instanceof Holding holding && holding.cause() == Holding.Cause.SHARE;
        if (isHeldByItsShare && !isHeldBySomeone && isAsOrdered(target, ending)) {
            throw new Violation(this, target.name() + " still waits: " + target.position());
        }
    }

    private static boolean isAsOrdered(TargetRun target, Ending ending) {
        return target.traffic().routes().stream().allMatch(route -> {
            var split = ending.objects().get(route.plan().identity());
            return split != null
                    && Math.abs(split.share(route.canary())
                                    - target.traffic().weight().hundredths() / 100.0)
                            <= NEAR_PERCENT;
        });
    }
}
