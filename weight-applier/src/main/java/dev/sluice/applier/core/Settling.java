package dev.sluice.applier.core;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.Ownership;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Brings a route from what is seen to what is ordered: the next call, or the report of where it stands. */
final class Settling {
    private final Rules rules;
    private final RouteState state;
    private final WeightOrder order;
    private final Instant now;
    private final Reports reports;

    Settling(Rules rules, RouteState state, Instant now) {
        this.rules = rules;
        this.state = state;
        this.order = state.order();
        this.now = now;
        this.reports = new Reports(state, now);
    }

    List<Decision> settle() {
        if (order == null || state.reading() || state.call() != null || resting()) {
            return List.of();
        }
        // the way back has no affinity to carry, and is not refused for the file's
        var affinity = begins() ? order.sessionAffinity() : order.affinityAt(order.weight());
        var cannot = MeshEntries.cannot(order.mesh(), order.match(), order.mirror(), affinity);
        if (cannot.isPresent()) {
            return refused(cannot.get());
        }
        if (state.released() && !isLateCreate()) {
            return isUnsure() ? List.of(new Decision.Look(order, true)) : released();
        }
        return switch (state.sight()) {
            case Sight.Unknown unknown -> List.of(new Decision.Look(order, unknown.fresh()));
            case Sight.Unservable unservable -> unservable(unservable);
            case Sight.Absent absent -> absent(absent.left());
            case Sight.Present(RoutingObject object) -> present(object);
        };
    }

    /**
     * After the release another instance, which had lost the route and did not know it yet, created the object anew for an
     * older order: its traffic is taken back, and the object stays. What a person puts there carries no older fence.
     */
    private boolean isLateCreate() {
        return state.sight() instanceof Sight.Present(RoutingObject object)
                && owned()
                && object.managed()
                && object.fence() != null
                && object.fence().isBelow(order.fence());
    }

    /** What was to be taken back after the release may still stand there: the call failed. */
    private boolean isUnsure() {
        return state.sight() instanceof Sight.Unknown && state.attempt() > 0;
    }

    private List<Decision> released() {
        var said = state.standing();
        return said == null || said.outcome() == Outcome.WAITING ? applied() : List.of();
    }

    /** Until it is woken for another try, which begins with a look: what was seen in the meantime may be old by then. */
    private boolean resting() {
        return state.retryAt() != null;
    }

    private List<Decision> unservable(Sight.Unservable why) {
        return why.kindMissing() && !begins() && asksForNothing()
                ? gone("this cluster doesn't know the kind: nothing to roll back on")
                : refused(why.reason());
    }

    /** Begins, and doesn't go back: a way back before anything was begun is a beginning that ends as well (B41). */
    private boolean begins() {
        return order.begin() && order.end() == null;
    }

    /**
     * What a write that succeeded left otherwise than it was written: webhooks and other controllers change objects on
     * their way. That is a failure like any other, and not a reason to write again at once (B40).
     */
    Optional<String> difference(Decision.Call call) {
        var placement = switch (call) {
            case Decision.Create create -> create.placement();
            case Decision.Update update -> update.placement();
            case Decision.Remove remove -> null;
            case Decision.Look look -> null;
        };
        var isOfNewest = placement != null && placement.order().fence().equals(order.fence());
        return isOfNewest && state.sight() instanceof Sight.Present(RoutingObject object)
                ? notTaken(call, object).or(() -> difference(object, placement))
                : Optional.empty();
    }

    /** What was begun is no further than before. */
    private Optional<String> notTaken(Decision.Call call, RoutingObject object) {
        var rest = object.routed().pending();
        return rest != null
                        && rest.isDue()
                        && call instanceof Decision.Update update
                        && update.seen().isFencedBy(order.fence())
                        && rest.equals(update.seen().routed().pending())
                ? Optional.of("asked for " + rest.next() + ", and it has not become so: a webhook or another controller"
                        + " changes it back")
                : Optional.empty();
    }

    private Optional<String> difference(RoutingObject object, Placement placement) {
        if (!object.isFencedBy(placement.fence())) {
            return Optional.of("the fence annotation that was written is not on the object: a webhook or another"
                    + " controller removes it");
        }
        var weight = placement.weight();
        if (weight == null || object.routed().pending() != null) {
            return Optional.empty();
        }
        var givesTraffic = !weight.isZero() || RoutingObject.isAnythingBeside(order);
        if (givesTraffic && object.unfit() != null) {
            return Optional.of(object.unfit());
        }
        if (object.shares(order).isAt(weight)) {
            return object.isBeside(order, weight)
                    ? Optional.empty()
                    : Optional.of(Objects.requireNonNullElse(
                            object.unfit(),
                            "the match, mirror, session affinity or selector that was written is not on the object: a webhook or another"
                                    + " controller changes what is written, or a person paused what carries it"));
        }
        return Optional.of("asked for " + weight + " % on " + order.canary() + ", and the object has "
                + object.shares(order).asWeight() + " %: a webhook or another controller changes what is written");
    }

    // --- the object is not there

    /** @param left what is not back although the object is gone; null where nothing is left */
    private List<Decision> absent(String left) {
        if (order.begin() && !begins()) {
            return left == null
                    ? gone("the object isn't there: nothing was begun")
                    : reports.standing(Outcome.WAITING, left);
        }
        if (!order.begin() && (order.weight() == null || (asksForNothing() && fallsBackToActive()))) {
            return left != null
                    ? reports.standing(Outcome.WAITING, left)
                    : gone("the object isn't there: nothing to roll back on");
        }
        if (releasedBefore()) {
            return leftAlone();
        }
        if (!owned()) {
            return refused(
                    state.traits().created()
                            ? "the object isn't there and is not Sluice's to create: create it, or say ownership: own"
                            : "the object isn't there: create it, with all weight on " + order.active());
        }
        if (begins() && order.canary().equals(state.traits().fallback())) {
            return refused("without the object all traffic goes to " + order.canary()
                    + ", and a rollout never begins by moving live traffic: create the object with all weight on "
                    + order.active() + " once that is right, or finish the move by hand");
        }
        var weight = asksForNothing() ? Weight.ZERO : order.weight();
        return guards().beforeCreating(weight)
                .orElseGet(() -> List.of(new Decision.Create(placement(weight, weight), state.applied())));
    }

    private boolean fallsBackToActive() {
        return !owned() || order.active().equals(state.traits().fallback());
    }

    // --- the object is there

    private List<Decision> present(RoutingObject object) {
        var higher = object.annotation().filter(order.fence()::isBelow).filter(Fence::leavesRoom);
        if (higher.isPresent()) {
            return reports.standing(Outcome.SUPERSEDED, "the object carries a later fence", higher.get(), null, false);
        }
        if (object.isFencedBy(order.fence())) {
            return isAnothers(object) ? overtaken(object) : written(object);
        }
        if (releasedBefore() && object.fence() == null) {
            return leftAlone();
        }
        if (isOurs(object) && object.servesNobody() && !object.paused()) {
            return serveAgain(object);
        }
        return unfit(object).map(this::refused).orElseGet(() -> notWritten(object));
    }

    /**
     * The object carries this very pair as another order's: an engine whose database came back older issued it twice, and
     * what stands there is what was carried out (B43). A hand that only changed the annotation's text is no such order.
     */
    private boolean isAnothers(RoutingObject object) {
        var written = object.fence();
        return order.weight() != null
                && !written.weight().equals(order.weight())
                && object.shares(order).isAt(written.weight())
                && !object.servesNobody();
    }

    private List<Decision> overtaken(RoutingObject object) {
        return reports.standing(
                Outcome.SUPERSEDED, "the object carries this fence with another weight", object.fence(), null, false);
    }

    /** Sluice writes it: it carries this route's fence, or was seen as ordered. */
    private boolean isOurs(RoutingObject object) {
        return object.fence() != null || state.applied();
    }

    /**
     * All weights are 0, so that nobody is served: mended at once, whatever was ordered and whether an engine lives (B17).
     * It names the order's own weight beside, so that it counts as taken back, as any other 0 by hand does.
     */
    private List<Decision> serveAgain(RoutingObject object) {
        var isTheCanarys = order.end() == End.KEEP && Weight.FULL.equals(order.weight());
        var weight = isTheCanarys ? Weight.FULL : Weight.ZERO;
        var named = order.weight() == null ? weight : order.weight();
        return guards().whileFought()
                .orElseGet(() -> List.of(new Decision.Update(object, placement(weight, named), true)));
    }

    /** The object carries this order's fence. */
    private List<Decision> written(RoutingObject object) {
        // also of a release that was read from the log's past: what is still to do shows that it wasn't carried out
        if (object.routed().pending() != null) {
            return goOn(object, object.routed().pending());
        }
        if (object.servesNobody() && !object.paused() && !releasedBefore()) {
            return serveAgain(object);
        }
        if (inPlace(object)) {
            return inForce(object);
        }
        if (releasedBefore()) {
            return leftAlone();
        }
        return new TakenBack(rules, order).isTakenBack(object) ? takenBack(object) : write(object, true);
    }

    /** What was begun is ended before anything is said of it. */
    private List<Decision> goOn(RoutingObject object, Routed.Pending rest) {
        if (!rest.isDue()) {
            return reports.standing(Outcome.WAITING, rest.awaits());
        }
        var named = object.fence().weight();
        return guards().beforeGoingOn(object, rest.weight())
                .orElseGet(() -> List.of(new Decision.Update(object, placement(rest.weight(), named, object), false)));
    }

    private List<Decision> inForce(RoutingObject object) {
        if (removable(object)) {
            return List.of(new Decision.Remove(object.uid(), object.resourceVersion(), order));
        }
        if (endpointsLost(object)) {
            return lost();
        }
        return new Confirmations(state, reports, rules, now).awaited(object).orElseGet(this::applied);
    }

    private List<Decision> notWritten(RoutingObject object) {
        if (order.begin()
                && order.weight() != null
                && isEdited()
                && !object.shares(order).canaryHasNone()) {
            return reports.standing(
                    Outcome.REFUSED,
                    "the object gives " + order.canary()
                            + ", the canary, traffic already, and a rollout never begins by moving"
                            + " live traffic (an absent weight counts as the mesh takes it): give all of it to "
                            + order.active() + " by hand, or say ownership: adopt to go on from there",
                    object.fence(),
                    null,
                    false);
        }
        if (order.begin() && order.weight() != null && object.shares(order).activeHasNone()) {
            return reports.standing(
                    Outcome.REFUSED,
                    "the object gives " + order.active()
                            + ", the active backend, no weight, and a rollout never begins by moving live traffic:"
                            + " set the weights by hand, or say ownership: adopt to go on from them",
                    object.fence(),
                    null,
                    false);
        }
        return new TakenBack(rules, order).isTakenBack(object)
                ? takenBack(object)
                : write(object, state.applied() && !state.released());
    }

    private List<Decision> write(RoutingObject object, boolean repair) {
        var shares = object.shares(order);
        var named = order.weight() == null ? shares.asWeight() : order.weight();
        return guards().beforeUpdating(object, order.weight(), repair)
                .orElseGet(
                        () -> List.of(new Decision.Update(object, placement(order.weight(), named, object), repair)));
    }

    private Guards guards() {
        return new Guards(state, reports, rules, now);
    }

    private boolean inPlace(RoutingObject object) {
        return order.weight() == null
                || (object.shares(order).isAt(order.weight())
                        && object.isBeside(order, order.weight())
                        && order.weight().equals(object.fence().weight())
                        && (object.unfit() == null || asksForNothing()));
    }

    /** Without the object the root Service takes all traffic, so it may go only where that changes nothing. */
    private boolean removable(RoutingObject object) {
        return order.end() == End.RELEASE
                && owned()
                && object.managed()
                && !object.paused()
                && order.active().equals(state.traits().fallback())
                && object.shares(order).canaryHasNone();
    }

    /** An order that lowers is never refused for the object's form: every entry of the canary gets 0 (B40). */
    private Optional<String> unfit(RoutingObject object) {
        if (foreign(object)) {
            return Optional.of("an object of this name is there and Sluice did not make it:"
                    + " say ownership: adopt or edit, or remove it");
        }
        if (!begins() && order.weight() != null && asksForNothing()) {
            return Optional.empty();
        }
        if (object.unfit() != null) {
            return Optional.of(object.unfit());
        }
        var mayAdd = owned();
        return mayAdd || (object.lists(order.active()) && object.lists(order.canary()))
                ? Optional.empty()
                : Optional.of("the object lists "
                        + object.weights().keySet().stream().sorted().toList() + " and not both of " + order.active()
                        + " and " + order.canary() + ": add the missing one");
    }

    /** Somebody's own object, in which numbers are changed and no more. */
    private boolean isEdited() {
        return !state.traits().created() || order.ownership() == Ownership.EDIT;
    }

    private boolean foreign(RoutingObject object) {
        return owned() && !object.managed() && !object.uid().equals(order.uid());
    }

    private boolean owned() {
        return state.traits().created() && (order.ownership() == null || order.ownership() == Ownership.OWN);
    }

    /** The order ended its rollout, was read from the log's past, and its object no longer shows that it was carried
     * out: most likely somebody replaced the object since. Whoever still waits for the order sends it again. */
    private boolean releasedBefore() {
        return order.end() == End.RELEASE && state.replayed();
    }

    /** No traffic for the canary: neither a share nor, beside it, requests that match or copies of them. */
    private boolean asksForNothing() {
        return order.weight() == null || (order.weight().isZero() && !RoutingObject.isAnythingBeside(order));
    }

    private boolean endpointsLost(RoutingObject object) {
        return order.end() == null
                && (!object.shares(order).canaryHasNone() || RoutingObject.isAnythingBeside(order))
                && state.knows(order)
                && state.ready(order.canary()) == 0;
    }

    private Placement placement(Weight weight, Weight named) {
        return placement(weight, named, nextActive());
    }

    /** A fence alone changes no roles: it keeps the active backend that the object names, for whoever asks (B43). */
    private Placement placement(Weight weight, Weight named, RoutingObject object) {
        var isFenceAlone = order.weight() == null && !order.begin() && order.end() == null;
        var known = object.fence() == null ? null : object.fence().active();
        return placement(weight, named, isFenceAlone && known != null ? known : nextActive());
    }

    private Placement placement(Weight weight, Weight named, String active) {
        var fence = new Fence(order.generation(), order.sequence(), named, active);
        return new Placement(order, weight, fence, state.traits().created() && order.ownership() != Ownership.EDIT);
    }

    /**
     * The backend that a later rollout has to take for the active one: once the canary keeps all traffic, the canary. An
     * engine whose database came back older learns it from here, and sends no traffic to the version before.
     */
    private String nextActive() {
        return order.end() == End.KEEP && Weight.FULL.equals(order.weight()) ? order.canary() : order.active();
    }

    // --- reports

    /** Of an order without a weight the sender wants to know which fence, and which active backend, the object names. */
    private List<Decision> applied() {
        var object = state.sight() instanceof Sight.Present(RoutingObject seen) ? seen : null;
        var by = order.weight() == null && object != null ? object.fence() : null;
        return reports.standing(Outcome.APPLIED, object == null ? null : remark(object), by, null, false);
    }

    private static String remark(RoutingObject object) {
        return object.unfit() == null ? Confirmations.remark(object) : object.unfit();
    }

    private List<Decision> gone(String reason) {
        return reports.standing(Outcome.APPLIED, reason, null, null, true);
    }

    private List<Decision> refused(String reason) {
        return reports.standing(Outcome.REFUSED, reason);
    }

    private List<Decision> lost() {
        return reports.standing(
                Outcome.ENDPOINTS_LOST,
                "no ready endpoint is left behind " + state.traits().server(order, order.canary()));
    }

    private List<Decision> takenBack(RoutingObject object) {
        return reports.standing(
                Outcome.TAKEN_BACK, "the canary was set to 0 by hand", null, object.lastEditor(), false);
    }

    private static List<Decision> leftAlone() {
        return List.of(new Decision.Ignored("released, and not asked for again since"));
    }
}
