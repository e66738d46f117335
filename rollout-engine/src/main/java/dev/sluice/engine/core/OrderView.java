package dev.sluice.engine.core;

import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightOrder.End;
import java.util.Map;

/** A target's newest order as the applier of one of its routes is told it. */
final class OrderView {
    private OrderView() {}

    static WeightOrder of(State state, TargetRun run, RouteRun route) {
        var rollout = state.rollout();
        var plan = run.plan();
        var order = run.traffic().order();
        return new WeightOrder(
                rollout.id(),
                state.application(),
                run.name(),
                plan.cluster(),
                plan.namespace(),
                route.identity(),
                run.traffic().generation(),
                order.sequence(),
                route.active(),
                route.canary(),
                route.letGo() ? null : order.weight(),
                route.uid(),
                route.begins() && !route.letGo(),
                route.letGo() ? End.RELEASE : order.end(),
                order.force(),
                order.deadline(),
                rollout.revision(),
                route.plan().ownership(),
                plan.readiness(),
                plan.onEndpointsLost(),
                route.begins() ? FirstDeployments.allowed(state, run) : null,
                order.begin() ? FirstDeployments.settle(plan) : null,
                null,
                null,
                null,
                false,
                Map.of(route.plan().mesh(), route.plan().entry()));
    }
}
