package dev.sluice.applier.core;

import dev.sluice.schemas.message.WeightReport.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the mesh's own word means for an order that stands in the object. A raise counts once the mesh says that it works by
 * it. A mesh that says nothing is waited for no longer than a while, since a controller that never says anything must not
 * hold up a rollout; one that says no has refused the raise. The way back waits for nobody.
 */
record Confirmations(RouteState state, Reports reports, Rules rules, Instant now) {

    /** Empty where there is nothing to wait for. */
    Optional<List<Decision>> awaited(RoutingObject object) {
        var said = object.routed().confirmation();
        if (said == null || !isAwaited()) {
            return Optional.empty();
        }
        return switch (said.answer()) {
            case YES -> Optional.empty();
            case NOT_YET -> state.confirming().isOver() ? Optional.empty() : Optional.of(awaiting());
            case NO -> Optional.of(reports.standing(Outcome.WAITING, denied(said)));
        };
    }

    /** What was told to be applied stays so: what the mesh says later is told beside it. */
    private boolean isAwaited() {
        var order = state.order();
        var givesTraffic =
                order.weight() != null && (!order.weight().isZero() || RoutingObject.isAnythingBeside(order));
        return givesTraffic
                && order.end() == null
                && !state.applied()
                && !state.confirming().lowers();
    }

    private List<Decision> awaiting() {
        var decisions =
                new ArrayList<>(reports.standing(Outcome.WAITING, "written, and the mesh has not confirmed it yet"));
        if (state.confirming().until() == null) {
            var longest = now.plus(rules.confirmation());
            var deadline = state.order().deadline();
            decisions.add(new Decision.AwaitConfirmation(
                    deadline != null && deadline.isBefore(longest) ? deadline : longest));
        }
        return decisions;
    }

    /** Beside what is applied; null where the mesh has nothing against it. */
    static String remark(RoutingObject object) {
        var said = object.routed().confirmation();
        if (said == null) {
            return null;
        }
        return switch (said.answer()) {
            case YES -> null;
            case NOT_YET -> "written, and not confirmed by the mesh yet: see the object's status if it stays so";
            case NO -> denied(said);
        };
    }

    private static String denied(Confirmation said) {
        return "written, and the mesh does not take it: " + said.reason() + ": mend that, or abort";
    }
}
