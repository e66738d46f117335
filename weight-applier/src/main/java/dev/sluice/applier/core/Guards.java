package dev.sluice.applier.core;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.Readiness;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What can hold a write back that would otherwise be due. */
record Guards(RouteState state, Reports reports, Rules rules, Instant now) {

    Optional<List<Decision>> beforeCreating(Weight weight) {
        return whileActiveIsEmpty(weight)
                .or(() -> afterDeadline(weight, state.applied()))
                .or(() -> withoutEndpoints(weight));
    }

    Optional<List<Decision>> beforeUpdating(RoutingObject object, Weight weight, boolean repair) {
        return whilePaused(object)
                .or(() -> whileActiveIsEmpty(weight))
                .or(() -> afterDeadline(weight, repair))
                .or(() -> withoutEndpoints(weight));
    }

    private Optional<List<Decision>> whilePaused(RoutingObject object) {
        return object.paused()
                ? waiting("the object says " + Annotations.PAUSED + ": \"true\"; remove it to go on")
                : Optional.empty();
    }

    /** Rolling back onto nothing would turn a bad release into an outage; only {@code force} may. */
    private Optional<List<Decision>> whileActiveIsEmpty(Weight weight) {
        var order = state.order();
        var held = !order.begin()
                && !order.force()
                && state.lowers(weight)
                && state.knows(order)
                && state.ready(order.active()) == 0
                && state.ready(order.canary()) > 0;
        return held
                ? waiting("no endpoint is ready behind " + order.active() + " and " + order.canary()
                        + " has one: traffic stays until one is, or until an abort with force")
                : Optional.empty();
    }

    /** A generation's last order raises nothing that its rollout had not raised before. */
    private Optional<List<Decision>> afterDeadline(Weight weight, boolean repair) {
        var order = state.order();
        var late = !repair
                && order.end() == null
                && state.raises(weight)
                && order.deadline() != null
                && now.isAfter(order.deadline());
        return late
                ? Optional.of(
                        reports.standing(Outcome.REFUSED, "the order's deadline " + order.deadline() + " is over"))
                : Optional.empty();
    }

    private Optional<List<Decision>> withoutEndpoints(Weight weight) {
        var order = state.order();
        if (!state.raises(weight)) {
            return Optional.empty();
        }
        if (!state.knows(order)) {
            return blind();
        }
        var needed = needed(order, weight);
        var ready = state.ready(order.canary());
        return ready < needed
                ? waiting("for ready endpoints behind " + order.canary() + ": " + ready + " of " + needed)
                : Optional.empty();
    }

    private int needed(WeightOrder order, Weight weight) {
        var readiness = order.readiness() == null ? Readiness.DEFAULT : order.readiness();
        var share = readiness.matchWeight()
                ? weight.percent()
                        .multiply(BigDecimal.valueOf(state.ready(order.active())))
                        .divide(BigDecimal.valueOf(100), 0, RoundingMode.CEILING)
                        .intValueExact()
                : 0;
        return Math.max(1, Math.max(readiness.minimum(), share));
    }

    /** The API server showed the object and not the endpoints. */
    private Optional<List<Decision>> blind() {
        var reason = "the endpoints of the backends can't be read";
        var attempt = state.attempt() + 1;
        var decisions = new java.util.ArrayList<>(reports.standing(Outcome.WAITING, reason + "; trying again"));
        var at = now.plus(rules.backoff().before(state.route(), attempt));
        decisions.add(new Decision.Retry(at, attempt, reason));
        return Optional.of(decisions);
    }

    private Optional<List<Decision>> waiting(String reason) {
        return Optional.of(reports.standing(Outcome.WAITING, reason));
    }
}
