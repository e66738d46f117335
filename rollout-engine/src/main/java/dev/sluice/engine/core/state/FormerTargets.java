package dev.sluice.engine.core.state;

import dev.sluice.schemas.rollout.Route;
import dev.sluice.schemas.rollout.TargetPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Promoted targets that the newest rollout leaves out: {@code undo} may still go back on them. Bounded: the oldest goes, for it
 * rests on what it was promoted to, and can be rolled out again.
 *
 * @param plans what is needed to go back: where they are and what their routes are, without steps; the newest last, each once
 */
public record FormerTargets(List<TargetPlan> plans) {
    public static final FormerTargets NONE = new FormerTargets(List.of());
    private static final int KEPT = 50;

    public FormerTargets {
        plans = plans == null ? List.of() : List.copyOf(plans);
    }

    public Optional<TargetPlan> find(String target) {
        return plans.stream().filter(plan -> plan.name().equals(target)).findFirst();
    }

    public List<String> names() {
        return plans.stream().map(TargetPlan::name).toList();
    }

    /** With those of a rollout that another one follows. */
    FormerTargets after(Rollout last, Set<String> promoted) {
        var all = new ArrayList<>(plans);
        last.targets().stream()
                .map(TargetRun::plan)
                .filter(plan -> promoted.contains(plan.name()))
                .map(plan -> plan.dependingOn(List.of()).atOnce(List.of()))
                .forEach(all::add);
        return new FormerTargets(all);
    }

    /** Without those that a rollout names, and those whose routes are under others of its targets now. */
    FormerTargets without(Rollout next) {
        var left = plans.stream().filter(plan -> !isTaken(plan, next)).toList();
        return new FormerTargets(left.subList(Math.max(0, left.size() - KEPT), left.size()));
    }

    private static boolean isTaken(TargetPlan plan, Rollout next) {
        return next.targets().stream()
                .map(TargetRun::plan)
                .anyMatch(taken -> taken.name().equals(plan.name())
                        || taken.routes().stream().anyMatch(route -> isAmong(route, plan.routes())));
    }

    private static boolean isAmong(Route route, List<Route> others) {
        return others.stream()
                .anyMatch(other -> RouteRow.unknown(other.identity()).overlaps(route.identity()));
    }
}
