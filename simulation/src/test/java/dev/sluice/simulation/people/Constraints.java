package dev.sluice.simulation.people;

import dev.sluice.schemas.rollout.InProgress;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.TargetPlan;
import dev.sluice.schemas.rollout.window.Window;
import dev.sluice.simulation.world.Chance;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a rollout file says of its targets together, and of the rollout as a whole.
 *
 * @param chain whether each depends on the one before
 * @param lockstep whether they enter each step together; never those of a chain
 */
record Constraints(
        boolean chain, boolean lockstep, boolean rollbackGroup, InProgress inProgress, List<Window> windows) {
    static Constraints draw(Chance chance, Scene scene, Instant now) {
        var inProgress = chance.oneOf(List.of(InProgress.values()));
        var windows = Calendars.draw(chance, now);
        if (scene.targets().size() == 1) {
            return new Constraints(false, false, false, inProgress, windows);
        }
        var chain = chance.percent(50);
        return new Constraints(chain, !chain && chance.percent(60), chance.percent(30), inProgress, windows);
    }

    /** A trial's, by its id. */
    static Constraints of(Scene scene, String commandId) {
        var kind = Math.floorMod(commandId.hashCode(), 3);
        return scene.targets().size() == 1
                ? new Constraints(false, false, false, InProgress.REJECT, List.of())
                : new Constraints(kind != 0, kind == 0, kind == 1, InProgress.REJECT, List.of());
    }

    /** By which a freeze finds it. */
    static Map<String, String> labels(String application) {
        return Map.of("team", application);
    }

    /** Those that a target depends on. */
    List<String> before(List<TargetPlan> earlier) {
        return chain && !earlier.isEmpty() ? List.of(earlier.getLast().name()) : List.of();
    }

    RolloutPlan plan(String application, List<TargetPlan> targets) {
        var names = targets.stream().map(TargetPlan::name).toList();
        return new RolloutPlan(
                application,
                labels(application),
                targets,
                rollbackGroup,
                lockstep ? List.of(names) : List.of(),
                inProgress,
                windows);
    }
}
