package dev.sluice.engine.core.told;

import dev.sluice.engine.core.rule.FirstDeployments;
import dev.sluice.engine.core.state.Desired;
import dev.sluice.engine.core.state.Order;
import dev.sluice.engine.core.state.RouteRun;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightOrder.End;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A target's newest order as the applier of one of its routes is told it. */
public final class OrderView {
    private OrderView() {}

    public static WeightOrder of(State state, TargetRun run, RouteRun route) {
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
                workload(plan.workload(), route),
                order.selector(),
                carried(route, order).map(Desired::match).orElse(null),
                carried(route, order).map(Desired::mirror).orElse(null),
                route.plan().sessionAffinity(),
                false,
                false,
                Map.of(route.plan().mesh(), route.plan().entry()));
    }

    /** Of a target that another tool decides about: asks what a route carries, and for nothing else. */
    static WeightOrder observing(State state, TargetRun run, RouteRun route) {
        var plan = run.plan();
        return new WeightOrder(
                state.rollout().id(),
                state.application(),
                run.name(),
                plan.cluster(),
                plan.namespace(),
                route.identity(),
                run.traffic().generation(),
                0,
                route.active(),
                route.canary(),
                null,
                null,
                false,
                null,
                false,
                null,
                state.rollout().revision(),
                route.plan().ownership(),
                plan.readiness(),
                plan.onEndpointsLost(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                true,
                true,
                Map.of(route.plan().mesh(), route.plan().entry()));
    }

    /** The file says which workload is behind which of its backends, and these may have changed roles since. */
    static Map<String, Object> workload(Map<String, Object> workload, RouteRun route) {
        if (workload == null || !route.isTurned()) {
            return workload;
        }
        var reversed = new TreeMap<>(workload);
        reversed.remove("active");
        reversed.remove("canary");
        Optional.ofNullable(workload.get("active")).ifPresent(active -> reversed.put("canary", active));
        Optional.ofNullable(workload.get("canary")).ifPresent(canary -> reversed.put("active", canary));
        return reversed;
    }

    private static Optional<Desired> carried(RouteRun route, Order order) {
        return route.letGo() ? Optional.empty() : Optional.ofNullable(order.desired());
    }
}
