package dev.sluice.applier.core;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.message.WeightReport.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything the applier remembers of one route. It can be lost at any time: the order log and the object's annotation
 * bring it back.
 *
 * @param reading the order log isn't read to its end yet
 * @param order the highest one known; null before the first
 * @param replayed the order was read from the log's past and not again since
 * @param backends what is known of the Services
 * @param call what the API server is being asked right now, or null
 * @param attempt failed calls in a row
 * @param retryAt nothing is asked before it and the wake-up at it; null when not waiting
 * @param repairs how often the object was put back lately
 * @param standing the last report about where the order stands; null when somebody is to hear it (again)
 * @param applied the order was seen in force
 * @param confirming how the order waits for the mesh's own word
 */
public record RouteState(
        String route,
        boolean reading,
        WeightOrder order,
        Traits traits,
        boolean replayed,
        Sight sight,
        Backends backends,
        Decision.Call call,
        int attempt,
        Instant retryAt,
        Repairs repairs,
        WeightReport standing,
        boolean applied,
        Confirming confirming) {

    /** A route first met while the order log is still being read: it waits for {@link Event.LogRead}. */
    public static RouteState reading(String route) {
        return fresh(route, true);
    }

    /** A route first met once the order log has been read. */
    public static RouteState open(String route) {
        return fresh(route, false);
    }

    private static RouteState fresh(String route, boolean reading) {
        return new RouteState(
                route,
                reading,
                null,
                Traits.EDITED,
                false,
                Sight.UNSEEN,
                Backends.UNKNOWN,
                null,
                0,
                null,
                Repairs.NONE,
                null,
                false,
                Confirming.NOT_BEGUN);
    }

    public RouteState after(List<Decision> decisions) {
        var state = this;
        for (var decision : decisions) {
            state = state.after(decision);
        }
        return state;
    }

    private RouteState after(Decision decision) {
        return switch (decision) {
            case Decision.Accepted accepted -> accept(accepted);
            case Decision.Asked asked -> with(released() ? sight : unsure(), null, false);
            case Decision.LogRead read -> logRead();
            case Decision.Forgotten forgotten -> fresh(route, reading);
            case Decision.Observed(Sight seen) -> with(seen, standing, replayed);
            case Decision.Counted(var seen) -> with(backends.seen(seen, active()));
            case Decision.LookedAt looked -> with(backends.looked(looked, active()));
            case Decision.Mended(var at) -> with(repairs.and(at));
            case Decision.Answered(int failures) -> calling(null, failures, null);
            case Decision.Rested rested -> calling(call, attempt, null);
            case Decision.Call next ->
                calling(next, attempt, retryAt).with(backends.asking()).with(awaited(next));
            case Decision.Retry retry -> calling(null, retry.attempt(), retry.at());
            case Decision.Report report -> report.standing() ? stand(report.report()) : this;
            case Decision.AwaitConfirmation next -> with(Confirming.until(next.until()));
            case Decision.Unconfirmed end -> with(Confirming.OVER);
            case Decision.Ignored ignored -> this;
        };
    }

    /**
     * A newer order overtakes whatever waits; what was seen too long ago to act on is looked at again. A released route hears
     * of no reminder, so that endpoints which only looks can count are old by then.
     */
    private RouteState accept(Decision.Accepted next) {
        var counted = backends.ready().containsKey(next.order().active())
                && backends.ready().containsKey(next.order().canary());
        // whoever else scales a workload is seen by no watch
        var stale = attempt > 0
                || released()
                || !counted
                || !(sight instanceof Sight.Present)
                || next.traits().scaled();
        var asksTheSame = order != null
                && Objects.equals(order.workload(), next.order().workload())
                && Objects.equals(order.revision(), next.order().revision());
        return new RouteState(
                route,
                reading,
                next.order(),
                next.traits(),
                reading,
                stale ? unseen() : sight,
                backends.anew(asksTheSame),
                call,
                0,
                null,
                repairs,
                null,
                false,
                Confirming.NOT_BEGUN);
    }

    /** What is to be looked at again; a doubt stays until the call under way is answered. */
    private Sight unsure() {
        return sight.equals(Sight.DOUBTED) ? sight : Sight.UNKNOWN;
    }

    /** Under a newer order what a watch shows will do, unless its news are in doubt. */
    private Sight unseen() {
        return sight.equals(Sight.DOUBTED) ? sight : Sight.UNSEEN;
    }

    private String active() {
        return order == null ? null : order.active();
    }

    private RouteState with(Sight seen, WeightReport said, boolean past) {
        return new RouteState(
                route,
                reading,
                order,
                traits,
                past,
                seen,
                backends,
                call,
                attempt,
                retryAt,
                repairs,
                said,
                applied,
                confirming);
    }

    private RouteState logRead() {
        return new RouteState(
                route,
                false,
                order,
                traits,
                replayed,
                sight,
                backends,
                call,
                attempt,
                retryAt,
                repairs,
                standing,
                applied,
                confirming);
    }

    private RouteState with(Backends seen) {
        return new RouteState(
                route,
                reading,
                order,
                traits,
                replayed,
                sight,
                seen,
                call,
                attempt,
                retryAt,
                repairs,
                standing,
                applied,
                confirming);
    }

    private RouteState with(Repairs counted) {
        return new RouteState(
                route,
                reading,
                order,
                traits,
                replayed,
                sight,
                backends,
                call,
                attempt,
                retryAt,
                counted,
                standing,
                applied,
                confirming);
    }

    private RouteState with(Confirming next) {
        return new RouteState(
                route, reading, order, traits, replayed, sight, backends, call, attempt, retryAt, repairs, standing,
                applied, next);
    }

    /** What takes traffic away from the canary waits for nobody's word. */
    private Confirming awaited(Decision.Call next) {
        return next instanceof Decision.Update update
                        && !update.repair()
                        && lowers(update.placement().weight())
                ? Confirming.LOWERING
                : confirming;
    }

    private RouteState calling(Decision.Call next, int attempts, Instant notBefore) {
        return new RouteState(
                route,
                reading,
                order,
                traits,
                replayed,
                sight,
                backends,
                next,
                attempts,
                notBefore,
                repairs,
                standing,
                applied,
                confirming);
    }

    private RouteState stand(WeightReport report) {
        var inForce = applied || report.outcome() == Outcome.APPLIED;
        return new RouteState(
                route,
                reading,
                order,
                traits,
                replayed,
                sight,
                backends,
                call,
                0,
                retryAt,
                repairs,
                report,
                inForce,
                confirming);
    }

    /** The route's rollout has ended and left the object alone: until a newer order only a late create is written over. */
    public boolean released() {
        return order != null && order.end() == End.RELEASE && applied;
    }

    /** A rollback that has not reached the object because the API server won't do it, or isn't there. */
    public boolean rollbackRetrying() {
        return (attempt > 0 || (call != null && waiting()))
                && order != null
                && order.weight() != null
                && order.weight().isZero();
    }

    /** Whether the order waits for something: endpoints, a person, the API server. */
    public boolean waiting() {
        return standing != null && standing.outcome() == Outcome.WAITING;
    }

    boolean stands(Outcome outcome, String reason) {
        return standing != null
                && standing.outcome() == outcome
                && Objects.equals(standing.reason(), reason)
                && standing.fence().equals(order.fence());
    }

    boolean knows(WeightOrder some) {
        return backends.ready().containsKey(some.active()) && backends.ready().containsKey(some.canary());
    }

    /** What is known to run behind a backend; empty where its workload isn't named, or wasn't looked at. */
    public Optional<Running> running(String backend) {
        return Optional.ofNullable(backends.running().get(backend));
    }

    int ready(String backend) {
        return backends.ready().getOrDefault(backend, 0);
    }

    /** How traffic is divided now, as far as the object tells. */
    Shares shares() {
        return sight instanceof Sight.Present(RoutingObject object)
                ? object.shares(order)
                : Shares.allTo(traits.fallback(), order.active(), order.canary());
    }

    boolean lowers(Weight weight) {
        return weight != null && shares().canaryAbove(weight);
    }

    boolean raises(Weight weight) {
        return weight != null && shares().canaryBelow(weight);
    }

    /** Whether the order is to send the canary requests that the object does not send it yet, by its weight or beside it. */
    boolean sendsMore(Weight weight) {
        return raises(weight) || (weight != null && RoutingObject.isAnythingBeside(order) && !isBeside());
    }

    private boolean isBeside() {
        return sight instanceof Sight.Present(RoutingObject object) && object.isBeside(order);
    }
}
