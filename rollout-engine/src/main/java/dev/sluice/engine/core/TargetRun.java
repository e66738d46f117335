package dev.sluice.engine.core;

import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;

/** One target of a rollout: what it is to do, where it stands, its traffic and its analyses. */
public record TargetRun(TargetPlan plan, Position position, Traffic traffic, Judging judging) {

    static TargetRun pending(TargetPlan plan, Position position) {
        return new TargetRun(plan, position, Traffic.NONE, Judging.NONE);
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
        return new TargetRun(next, position, traffic, judging);
    }

    TargetRun with(Position next) {
        return new TargetRun(plan, next, traffic, judging);
    }

    TargetRun with(Traffic next) {
        return new TargetRun(plan, position, next, judging);
    }

    TargetRun with(Judging next) {
        return new TargetRun(plan, position, traffic, next);
    }
}
