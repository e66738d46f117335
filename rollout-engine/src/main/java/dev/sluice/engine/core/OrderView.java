package dev.sluice.engine.core;

import dev.sluice.schemas.message.WeightOrder;
import java.util.Map;

/** A target's newest order as the applier of one of its routes is told it. */
final class OrderView {
    private OrderView() {}

    static WeightOrder of(String application, Rollout rollout, TargetRun run, RouteRun route) {
        var plan = run.plan();
        var order = run.traffic().order();
        return new WeightOrder(
                rollout.id(),
                application,
                run.name(),
                plan.cluster(),
                plan.namespace(),
                route.identity(),
                run.traffic().generation(),
                order.sequence(),
                route.active(),
                route.canary(),
                order.weight(),
                route.uid(),
                order.begin(),
                order.end(),
                order.force(),
                order.deadline(),
                rollout.revision(),
                route.plan().ownership(),
                plan.readiness(),
                plan.onEndpointsLost(),
                null,
                null,
                null,
                null,
                null,
                false,
                Map.of(route.plan().mesh(), route.plan().entry()));
    }
}
