package dev.sluice.engine.core.told;

import dev.sluice.engine.core.state.RouteRun;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightOrder.Selector;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.schemas.rollout.Ownership;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.TargetPlan;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What appliers are asked before a first weight: the beginning, not carried out.
 *
 * @param rollout by which the answers are told apart; of a mere plan, one that no rollout has
 * @param revision what is to be rolled out; null: nobody says
 * @param until when whoever answers is listened to
 */
public record Inquiry(String rollout, String application, String revision, Instant until) {

    /** Of a target that begins. */
    static Inquiry of(State state, TargetRun run) {
        var rollout = state.rollout();
        return new Inquiry(
                rollout.id(),
                state.application(),
                rollout.revision(),
                run.preflight().listensUntil());
    }

    /** Of each route, in the roles that its backends have by now; they begin no generation. */
    public List<WeightOrder> checks(RolloutPlan plan, State state) {
        return plan.targets().stream()
                .flatMap(target -> target.routes().stream()
                        .map(route ->
                                RouteRun.of(route, state.route(route.identity()).activeOf(route)))
                        .map(route -> check(target, route, 0)))
                .toList();
    }

    WeightOrder check(TargetPlan plan, RouteRun route, long generation) {
        return new WeightOrder(
                rollout,
                application,
                plan.name(),
                plan.cluster(),
                plan.namespace(),
                route.identity(),
                generation,
                0,
                route.active(),
                route.canary(),
                route.plan().ownership() == Ownership.ADOPT ? null : Weight.ZERO,
                route.uid(),
                true,
                null,
                false,
                until,
                revision,
                route.plan().ownership(),
                plan.readiness(),
                plan.onEndpointsLost(),
                null,
                null,
                OrderView.workload(plan.workload(), route),
                plan.onPromoted() == OnPromoted.SELECTOR ? Selector.OWN : null,
                null,
                null,
                route.plan().sessionAffinity(),
                true,
                false,
                Map.of(route.plan().mesh(), route.plan().entry()));
    }
}
