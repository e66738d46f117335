package dev.sluice.engine.core;

import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;

/**
 * One target of a rollout: what it is to do, where it stands, its traffic and its analyses.
 *
 * @param preflight what stands in the way of its first weight; null unless it begins
 */
public record TargetRun(TargetPlan plan, Position position, Traffic traffic, Judging judging, Preflight preflight) {
    public TargetRun {
        preflight = position.stage() instanceof Stage.Beginning ? preflight : null;
    }

    static TargetRun pending(TargetPlan plan, Position position) {
        return new TargetRun(plan, position, Traffic.NONE, Judging.NONE, null);
    }

    public String name() {
        return plan.name();
    }

    public Stage stage() {
        return position.stage();
    }

    /** The current step; null outside the steps. */
    Step step() {
        var number = stage().step();
        return number == 0 ? null : plan.steps().get(number - 1);
    }

    boolean hasStepAfter(int step) {
        return step < plan.steps().size();
    }

    TargetRun with(TargetPlan next) {
        return new TargetRun(next, position, traffic, judging, preflight);
    }

    TargetRun with(Position next) {
        return new TargetRun(plan, next, traffic, judging, preflight);
    }

    TargetRun with(Traffic next) {
        return new TargetRun(plan, position, next, judging, preflight);
    }

    TargetRun with(Judging next) {
        return new TargetRun(plan, position, traffic, next, preflight);
    }

    TargetRun with(Preflight next) {
        return new TargetRun(plan, position, traffic, judging, next);
    }
}
