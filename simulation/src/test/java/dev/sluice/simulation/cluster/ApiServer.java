package dev.sluice.simulation.cluster;

import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.Failure;
import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.Sight;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.simulation.world.Observation;
import dev.sluice.simulation.world.World;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A cluster: its routing objects, one version counter over all of them, and the ready endpoints of its Services. */
public final class ApiServer {
    /** Hears of every change at the moment at which it is made. */
    public interface Watcher {
        void objectChanged(String route, Sight sight);

        void endpointsChanged(Map<String, Integer> ready);
    }

    /** An answer that is no outage: the server is there and says no. */
    public enum Refusal {
        /** A right is missing, or a policy forbids it. */
        FORBIDDEN(false, "403 forbidden: the applier's role lacks a right"),
        /** The schema of the kind, or a webhook, doesn't take what is written. */
        INVALID(false, "422 invalid: the object doesn't fit its schema"),
        /** The kind has been removed, or isn't served in this version any more. */
        UNKNOWN_KIND(true, "404: the API server doesn't serve trafficsplits.split.smi-spec.io");

        private final boolean looksToo;
        private final String reason;

        Refusal(boolean looksToo, String reason) {
            this.looksToo = looksToo;
            this.reason = reason;
        }
    }

    private static final int READY = 3;

    private final World world;
    private final String name;
    private final TreeMap<String, Split> objects = new TreeMap<>();
    private final TreeMap<String, Integer> ready = new TreeMap<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private final Set<String> routes = new TreeSet<>();
    private long version;
    private boolean isDown;
    private boolean isMeddled;
    private Refusal refusal;

    public ApiServer(World world, String name) {
        this.world = world;
        this.name = name;
    }

    public String name() {
        return name;
    }

    public NavigableMap<String, Split> objects() {
        return objects;
    }

    public void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    public boolean isDown() {
        return isDown;
    }

    /** After an outage every watch begins with a list of what is there. */
    public void setDown(boolean down) {
        world.note(name, down ? "goes away" : "is back", null);
        isDown = down;
        if (!down) {
            watchers.forEach(watcher -> {
                objects.forEach((route, split) -> watcher.objectChanged(route, new Sight.Present(split.seen())));
                watcher.endpointsChanged(Map.copyOf(ready));
            });
        }
    }

    /** Opens every watch again, whatever it missed before: none stays half-open for ever. */
    public void openWatchesAgain() {
        routes.forEach(route -> watchers.forEach(watcher -> watcher.objectChanged(route, sight(route))));
    }

    /** How it answers from now on; null: as it should. */
    public void setRefusal(Refusal next) {
        world.note(name, next == null ? "refuses nothing" : "refuses", next);
        refusal = next;
    }

    /** Whether a webhook changes weights on their way into objects. */
    public void setMeddled(boolean meddled) {
        world.note(name, meddled ? "changes what is written" : "keeps what is written", null);
        isMeddled = meddled;
    }

    public int ready(String backend) {
        return ready.getOrDefault(backend, READY);
    }

    public void setReady(String backend, int endpoints) {
        ready.put(backend, endpoints);
        world.see(name, new Observation.EndpointsChanged(name, backend, endpoints, world.now()));
        if (!isDown) {
            watchers.forEach(watcher -> watcher.endpointsChanged(Map.of(backend, endpoints)));
        }
    }

    /** Carries a call out, whole or not at all; the answer's time is the caller's. */
    public Event execute(Decision.Call call, Instant at) {
        if (refusal != null && (refusal.looksToo || !(call instanceof Decision.Look))) {
            var failure = Failure.failed(refusal.reason);
            return call instanceof Decision.Look
                    ? new Event.LookFailed(failure, at)
                    : new Event.WriteFailed(failure, at);
        }
        return switch (call) {
            case Decision.Look look -> new Event.Looked(sight(look.order().route()), ready(look.order()), Set.of(), at);
            case Decision.Create create -> create(create.placement(), at);
            case Decision.Update update -> update(update, at);
            case Decision.Remove remove -> remove(remove, at);
        };
    }

    /** What is there now. */
    public Sight sight(String route) {
        var split = objects.get(route);
        return split == null ? Sight.ABSENT : new Sight.Present(split.seen());
    }

    private Map<String, Integer> ready(WeightOrder order) {
        return Map.of(order.active(), ready(order.active()), order.canary(), ready(order.canary()));
    }

    private Event create(Placement placement, Instant at) {
        var route = placement.order().route();
        if (objects.containsKey(route)) {
            return new Event.WriteFailed(Failure.outdated("it is there already"), at);
        }
        var uid = name + "-" + (version + 1);
        var made = placed(new Split(uid, 0, Map.of(), Map.of(), null, false, List.of(), null), placement);
        return written(meddled(route, put(route, made, false)), at);
    }

    /** A call without a version is a replacement, as it is for the real server. */
    private Event update(Decision.Update update, Instant at) {
        var route = update.placement().order().route();
        var there = objects.get(route);
        if (there == null || !there.uid().equals(update.uid())) {
            return new Event.WriteFailed(Failure.outdated("it is another object"), at);
        }
        if (update.resourceVersion() != null && !update.resourceVersion().equals(Long.toString(there.version()))) {
            return new Event.WriteFailed(Failure.outdated("it has been changed"), at);
        }
        var placed = placed(there, update.placement());
        return written(meddled(route, put(route, placed, false)), at);
    }

    private Event remove(Decision.Remove remove, Instant at) {
        var route = remove.order().route();
        var there = objects.get(route);
        if (there == null
                || !there.uid().equals(remove.uid())
                || !Long.toString(there.version()).equals(remove.resourceVersion())) {
            return new Event.WriteFailed(Failure.outdated("it has been changed"), at);
        }
        put(route, null, false);
        return new Event.WriteSucceeded(Sight.ABSENT, at);
    }

    private Split meddled(String route, Split written) {
        if (!isMeddled || written.fence().active() == null) {
            return written;
        }
        var weights = new HashMap<>(written.weights());
        weights.computeIfPresent(written.fence().active(), (backend, weight) -> weight.add(BigDecimal.valueOf(7)));
        return put(
                route,
                new Split(
                        written.uid(),
                        0,
                        weights,
                        written.lastApplied(),
                        written.fence(),
                        written.managed(),
                        written.editors(),
                        written.unfit()),
                true);
    }

    private static Event written(Split split, Instant at) {
        return new Event.WriteSucceeded(new Sight.Present(split.seen()), at);
    }

    private static Split placed(Split split, Placement placement) {
        var order = placement.order();
        var weights = new HashMap<>(split.weights());
        if (placement.weight() != null) {
            weights.put(
                    order.active(),
                    number(Weight.FULL.hundredths() - placement.weight().hundredths()));
            weights.put(order.canary(), number(placement.weight().hundredths()));
        }
        return new Split(
                split.uid(),
                split.version(),
                weights,
                split.lastApplied(),
                placement.fence(),
                split.managed() || placement.owned(),
                placement.weight() == null ? split.editors() : List.of(),
                split.unfit());
    }

    private static BigDecimal number(int hundredths) {
        return BigDecimal.valueOf(hundredths, 2).stripTrailingZeros();
    }

    /** Any change of an object, by anybody; null removes it. */
    public Split put(String route, Split next, boolean byHand) {
        routes.add(route);
        var before = objects.get(route);
        var after = next == null ? null : next.at(++version);
        if (after == null) {
            objects.remove(route);
        } else {
            objects.put(route, after);
        }
        world.see(name, new Observation.Written(route, before, after, byHand, world.now()));
        if (!isDown) {
            watchers.forEach(watcher -> watcher.objectChanged(route, sight(route)));
        }
        return after;
    }
}
