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
import java.util.function.Consumer;

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
        var counted = backends.endpoints().containsKey(next.order().active())
                && backends.endpoints().containsKey(next.order().canary());
        // whoever else scales a workload is seen by no watch
        var stale = attempt > 0
                || released()
                || !counted
                || !(sight instanceof Sight.Present)
                || next.traits().scaled()
                || isReadForAnother(next.order());
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

    /**
     * An object says whether it can carry what an order asks for beside its weight; of which objects a route is its entry says, and
     * whether a Service's selector is asked for.
     */
    private boolean isReadForAnother(WeightOrder next) {
        return RoutingObject.isAnythingBeside(next)
                || (order != null
                        && !(Objects.equals(order.match(), next.match())
                                && Objects.equals(order.mirror(), next.mirror())
                                && Objects.equals(order.affinityAt(order.weight()), next.affinityAt(next.weight()))
                                && order.selector() == next.selector()
                                && Objects.equals(order.mesh(), next.mesh())));
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

    /** This state's parts, of which one change gives the next state others. */
    private static final class Parts {
        private boolean reading;
        private boolean replayed;
        private Sight sight;
        private Backends backends;
        private Decision.Call call;
        private int attempt;
        private Instant retryAt;
        private Repairs repairs;
        private WeightReport standing;
        private boolean applied;
        private Confirming confirming;
    }

    /** The same route under the same order, otherwise as changed. */
    private RouteState with(Consumer<Parts> change) {
        var next = new Parts();
        next.reading = reading;
        next.replayed = replayed;
        next.sight = sight;
        next.backends = backends;
        next.call = call;
        next.attempt = attempt;
        next.retryAt = retryAt;
        next.repairs = repairs;
        next.standing = standing;
        next.applied = applied;
        next.confirming = confirming;
        change.accept(next);
        return new RouteState(
                route,
                next.reading,
                order,
                traits,
                next.replayed,
                next.sight,
                next.backends,
                next.call,
                next.attempt,
                next.retryAt,
                next.repairs,
                next.standing,
                next.applied,
                next.confirming);
    }

    private RouteState with(Sight seen, WeightReport said, boolean past) {
        return with(next -> {
            next.sight = seen;
            next.standing = said;
            next.replayed = past;
        });
    }

    private RouteState logRead() {
        return with(next -> next.reading = false);
    }

    private RouteState with(Backends seen) {
        return with(next -> next.backends = seen);
    }

    private RouteState with(Repairs counted) {
        return with(next -> next.repairs = counted);
    }

    private RouteState with(Confirming how) {
        return with(next -> next.confirming = how);
    }

    /** What takes traffic away from the canary waits for nobody's word. */
    private Confirming awaited(Decision.Call next) {
        return next instanceof Decision.Update update
                        && !update.repair()
                        && lowers(update.placement().weight())
                        && !raises(update.placement().weight())
                ? Confirming.LOWERING
                : confirming;
    }

    private RouteState calling(Decision.Call asked, int attempts, Instant notBefore) {
        return with(next -> {
            next.call = asked;
            next.attempt = attempts;
            next.retryAt = notBefore;
        });
    }

    private RouteState stand(WeightReport report) {
        return with(next -> {
            next.attempt = 0;
            next.standing = report;
            next.applied = applied || report.outcome() == Outcome.APPLIED;
        });
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
        return backends.endpoints().containsKey(some.active())
                && backends.endpoints().containsKey(some.canary());
    }

    /** What is known to run behind a backend; empty where its workload isn't named, or wasn't looked at. */
    public Optional<Running> running(String backend) {
        return Optional.ofNullable(backends.running().get(backend));
    }

    int ready(String backend) {
        return endpoints(backend).ready();
    }

    EndpointCount endpoints(String backend) {
        return backends.endpoints().getOrDefault(backend, EndpointCount.NONE);
    }

    /** How each rule divides its traffic now, as far as the object tells. */
    private List<Shares> shares() {
        return sight instanceof Sight.Present(RoutingObject object)
                ? object.sharesOfEach(order)
                : List.of(Shares.allTo(traits.fallback(), order.active(), order.canary()));
    }

    /** Whether any rule gives the canary more. */
    boolean lowers(Weight weight) {
        return weight != null && shares().stream().anyMatch(rule -> rule.canaryAbove(weight));
    }

    /** Whether any rule gives it less, whatever others do: a hand may have made them uneven. */
    boolean raises(Weight weight) {
        return weight != null && shares().stream().anyMatch(rule -> rule.canaryBelow(weight));
    }

    /** Whether the order is to send the canary requests that the object does not send it yet, by its weight or beside it. */
    boolean sendsMore(Weight weight) {
        return raises(weight) || (weight != null && RoutingObject.isAnythingBeside(order) && !sendsBeside());
    }

    /** Clients that are kept are none of it: they have reached the canary by its weight. */
    private boolean sendsBeside() {
        return sight instanceof Sight.Present(RoutingObject object) && object.sendsBeside(order);
    }
}
