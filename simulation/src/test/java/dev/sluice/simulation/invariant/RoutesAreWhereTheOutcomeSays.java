package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.schemas.rollout.Ownership;
import dev.sluice.schemas.wire.Keys;
import dev.sluice.simulation.people.Hands;
import dev.sluice.simulation.world.Observation;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a finished rollout says of its traffic is true: all of it with the canary, or all of it with the active backend.
 * A route that was released is nobody's any more once a person has touched it; so is one that a person took back, and
 * one whose order was deleted: a database restored from before that brings the rollout back, but not its order.
 */
public final class RoutesAreWhereTheOutcomeSays implements Invariant {
    private record Touch(Instant at, boolean isTakenBack) {}

    private final Map<String, Touch> touched = new HashMap<>();
    private final Map<String, Long> generations = new HashMap<>();
    private final Set<String> deleted = new HashSet<>();
    private final Set<String> released = new HashSet<>();

    @Override
    public void see(Observation seen) {
        if (seen instanceof Observation.Written written) {
            if (written.byHand()) {
                // what one hand took back, another that comes after it leaves there
                touched.merge(
                        written.route(),
                        new Touch(written.at(), isTakenBack(written)),
                        (before, now) -> new Touch(now.at(), before.isTakenBack() || now.isTakenBack()));
            } else if (written.after() != null) {
                generations.merge(written.route(), written.after().fence().generation(), Math::max);
            }
        } else if (seen instanceof Observation.Appended appended && appended.topic() == Topic.WEIGHTS) {
            if (appended.message() instanceof WeightOrder order) {
                deleted.remove(appended.key());
                if (order.end() == End.RELEASE) {
                    released.add(appended.key());
                } else {
                    released.remove(appended.key());
                }
            } else if (!released.contains(appended.key())) {
                deleted.add(appended.key());
            }
        }
    }

    private static boolean isTakenBack(Observation.Written written) {
        var fence = written.after() == null ? null : written.after().fence();
        return fence != null && fence.active() != null && (written.after().uneven() || hasNone(written));
    }

    private static boolean hasNone(Observation.Written written) {
        return written.after().weights().keySet().stream()
                .filter(backend -> !backend.equals(Hands.ANOTHER))
                .anyMatch(backend -> written.after().share(backend) == 0);
    }

    @Override
    public void atEnd(Ending ending) {
        for (var state : ending.states().values()) {
            if (state.rollout() == null) {
                continue;
            }
            for (var target : state.rollout().targets()) {
                var status = ending.dashboard().get(Keys.applicationTarget(state.application(), target.name()));
                if (status != null && status.rollout().equals(state.rollout().id()) && isClaimed(status)) {
                    check(status, target, ending);
                }
            }
        }
    }

    private static boolean isClaimed(Status status) {
        return status.phase() == Phase.PROMOTED || status.phase() == Phase.ROLLED_BACK;
    }

    private void check(Status status, TargetRun target, Ending ending) {
        for (var run : target.traffic().routes()) {
            var route = run.plan();
            var isKept = target.plan().onPromoted() == OnPromoted.SWAP;
            var touch = touched.get(route.identity());
            // a hand that was there shortly before the end may have been seen by nobody before the release
            var isHands = touch != null
                    && (touch.isTakenBack()
                            || deleted.contains(route.identity())
                            || (!isKept && touch.at().isAfter(status.endedAt().minusSeconds(10))));
            var isAnothers = generations.getOrDefault(route.identity(), 0L) > status.generation();
            // beside routes that went back, one that refused to begin is left as it was found
            if (isHands || isAnothers || !run.begun()) {
                continue;
            }
            var split = ending.objects().get(route.identity());
            var isOwned = route.mesh().equals("smi") && route.ownership() == Ownership.OWN;
            var isForeign = split == null ? !isOwned : isOwned && !split.managed();
            if (isForeign) {
                continue; // somebody took it away, or put an object of theirs in its place
            }
            var full = isKept && status.phase() == Phase.PROMOTED ? run.canary() : run.active();
            // without the object the root Service takes everything
            var other = full.equals(route.active()) ? route.canary() : route.active();
            var isThere = split == null
                    ? route.entry().get("rootServiceName").equals(full)
                    : split.share(full) > 0 && split.share(other) == 0;
            if (!isThere) {
                throw new Violation(
                        this,
                        status.rollout() + " ended " + status.phase() + ", but " + full + " has not all of " + split);
            }
        }
    }
}
