package dev.sluice.applier.core;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.Readiness;
import dev.sluice.schemas.rollout.TargetPlan.FirstDeployment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can hold a write back that would otherwise be due. */
record Guards(RouteState state, Reports reports, Rules rules, Instant now) {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final int AT_ONCE = 5;

    Optional<List<Decision>> beforeCreating(Weight weight) {
        return whileActiveIsEmpty(weight)
                .or(() -> beforeBeginning(weight))
                .or(() -> afterDeadline(weight, state.applied()))
                .or(() -> whileAnotherRevisionRuns(weight))
                .or(() -> withoutEndpoints(weight))
                .or(() -> tooSoon(state.applied()));
    }

    Optional<List<Decision>> beforeUpdating(RoutingObject object, Weight weight, boolean repair) {
        return whilePaused(object)
                .or(() -> whileActiveIsEmpty(weight))
                .or(() -> beforeBeginning(weight))
                .or(() -> afterDeadline(weight, repair))
                .or(() -> whileAnotherRevisionRuns(weight))
                .or(() -> withoutEndpoints(weight))
                .or(() -> tooSoon(repair));
    }

    /** What was begun has an active backend that serves, or is to have one again. */
    Optional<List<Decision>> beforeGoingOn(RoutingObject object, Weight weight) {
        return whilePaused(object)
                .or(() -> whileActiveIsEmpty(weight))
                .or(() -> state.sendsMore(weight) ? whileServicesAreMissing() : Optional.empty())
                .or(() -> afterDeadline(weight, false))
                .or(() -> whileAnotherRevisionRuns(weight))
                .or(() -> withoutEndpoints(weight));
    }

    /** Even what can't wait isn't done again and again without a pause. */
    Optional<List<Decision>> whileFought() {
        return state.repairs().count() < AT_ONCE ? Optional.empty() : tooSoon(true);
    }

    /** Somebody keeps changing the object: it is put back again, but slower each time (B40). */
    private Optional<List<Decision>> tooSoon(boolean repair) {
        var next = state.repairs().next(state.route(), now);
        return repair && now.isBefore(next)
                ? Optional.of(List.of(new Decision.Retry(next, state.attempt(), "somebody keeps changing the object")))
                : Optional.empty();
    }

    /** What a rollout needs to begin: Services that exist, and an active backend that serves (B29, B52). */
    private Optional<List<Decision>> beforeBeginning(Weight weight) {
        var order = state.order();
        if (!order.begin() || order.end() != null) {
            return state.sendsMore(weight) ? whileServicesAreMissing() : Optional.empty();
        }
        return whileServicesAreMissing().or(this::whileActiveIsEmptyAtTheStart);
    }

    private Optional<List<Decision>> whileServicesAreMissing() {
        var missing = state.backends().missing().stream().sorted().toList();
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        var names = String.join(
                " and ",
                missing.stream()
                        .map(name -> state.order().namespace() + "/" + name)
                        .toList());
        var verb = missing.size() == 1 ? " does" : " do";
        return Optional.of(lookingAgain("Service " + names + verb + " not exist: create it, or correct the name"));
    }

    /** Fresh looks, all of one mind for a while, make a first deployment; anything else is an outage to wait out. */
    private Optional<List<Decision>> whileActiveIsEmptyAtTheStart() {
        var order = state.order();
        if (order.firstDeployment() == FirstDeployment.STEPS || !isActiveEmpty(order)) {
            return Optional.empty();
        }
        var service = state.traits().server(order, order.active()) + ", the active backend, has no ready endpoint";
        if (order.firstDeployment() == null || order.settle() == null) {
            return Optional.of(lookingAgain(service + ": the rollout begins once it has one"));
        }
        var since = state.backends().emptySince();
        return since != null && !state.backends().lookedAt().isBefore(since.plus(order.settle()))
                ? Optional.empty()
                : Optional.of(lookingAgain(service + ": if it stays so for "
                        + order.settle().toSeconds() + " s, this is a first deployment"));
    }

    private boolean isActiveEmpty(WeightOrder order) {
        return state.backends().endpoints().containsKey(order.active()) && state.ready(order.active()) == 0;
    }

    private List<Decision> lookingAgain(String reason) {
        var decisions = new ArrayList<>(reports.standing(Outcome.WAITING, reason));
        decisions.add(new Decision.Retry(now.plus(LOOK_AGAIN), state.attempt(), reason));
        return decisions;
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
                && !state.traits().scaled()
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
                && state.sendsMore(weight)
                && order.deadline() != null
                && now.isAfter(order.deadline());
        return late
                ? Optional.of(
                        reports.standing(Outcome.REFUSED, "the order's deadline " + order.deadline() + " is over"))
                : Optional.empty();
    }

    /** Nothing gets traffic before it is what is rolled out (B30); where replicas are the weight it has no pods before. */
    private Optional<List<Decision>> whileAnotherRevisionRuns(Weight weight) {
        var order = state.order();
        if (!state.sendsMore(weight) || order.end() != null || !order.namesCanaryWorkload()) {
            return Optional.empty();
        }
        var running = state.backends().running().get(order.canary());
        if (running == null) {
            return Optional.of(List.of(new Decision.Look(order, true)));
        }
        if (!running.isSeen()) {
            return Optional.of(lookingAgain(running.workload() + " " + running.lacks()));
        }
        if (running.revision() == null && running.lacks() != null) {
            return waiting(running.workload() + " " + running.lacks());
        }
        if (order.revision() != null && !order.revision().equals(running.revision())) {
            return waiting(running.workload() + " runs "
                    + (running.revision() == null ? "what has no revision" : running.revision()) + ", and not "
                    + order.revision() + " yet: deploy that, or correct where the file says that revisions come from");
        }
        return running.lacks() == null || state.traits().scaled()
                ? Optional.empty()
                : waiting(running.workload() + " " + running.lacks() + ": for all its pods to be of "
                        + running.revision());
    }

    private Optional<List<Decision>> withoutEndpoints(Weight weight) {
        var order = state.order();
        if (!state.sendsMore(weight) || state.traits().scaled()) {
            return Optional.empty();
        }
        if (!state.knows(order)) {
            return blind();
        }
        var readiness = order.readiness() == null ? Readiness.DEFAULT : order.readiness();
        var needed = needed(order, readiness, weight);
        var there = state.endpoints(order.canary());
        if (there.ready() < needed) {
            return waitingForEndpoints(order, there.ready() + " of " + needed);
        }
        return readiness.percent() == null || there.isReady(readiness.percent())
                ? Optional.empty()
                : waitingForEndpoints(
                        order,
                        there.ready() + " of " + there.all() + " endpoints ready, " + readiness.percent() + " % asked");
    }

    private Optional<List<Decision>> waitingForEndpoints(WeightOrder order, String lacks) {
        return waiting("for ready endpoints behind " + state.traits().server(order, order.canary()) + ": " + lacks);
    }

    private int needed(WeightOrder order, Readiness readiness, Weight weight) {
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
        var why = state.backends().blind();
        var reason = "the endpoints of the backends can't be read" + (why == null ? "" : ": " + why);
        var attempt = state.attempt() + 1;
        var decisions = new ArrayList<>(reports.standing(Outcome.WAITING, reason + "; trying again"));
        var at = now.plus(rules.backoff().before(state.route(), attempt));
        decisions.add(new Decision.Retry(at, attempt, reason));
        return Optional.of(decisions);
    }

    private Optional<List<Decision>> waiting(String reason) {
        return Optional.of(reports.standing(Outcome.WAITING, reason));
    }
}
