package dev.sluice.simulation.cluster;

import dev.sluice.applier.core.Failure;
import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.ObjectRef;
import dev.sluice.applier.mesh.Write;
import dev.sluice.simulation.manifest.Site;
import dev.sluice.simulation.manifest.TwoServices;
import dev.sluice.simulation.world.Observation;
import dev.sluice.simulation.world.World;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A cluster: its objects, one version counter over all of them, and the ready endpoints of its Services. */
public final class ApiServer {
    /** Hears of every change at the moment at which it is made. */
    public interface Watcher {
        /** @param document null where it is gone */
        void objectChanged(ObjectRef ref, Document document);

        void endpointsChanged(Map<String, Integer> ready);
    }

    /** An answer that is no outage: the server is there and says no. */
    public enum Refusal {
        /** A right is missing, or a policy forbids it. */
        FORBIDDEN(false, "403 forbidden: the applier's role lacks a right"),
        /** The schema of the kind, or a webhook, doesn't take what is written. */
        INVALID(false, "422 invalid: the object doesn't fit its schema"),
        /** The kind has been removed, or isn't served in this version any more. */
        UNKNOWN_KIND(true, "404: the API server doesn't serve the kind");

        private final boolean looksToo;
        private final String reason;

        Refusal(boolean looksToo, String reason) {
            this.looksToo = looksToo;
            this.reason = reason;
        }
    }

    /**
     * What comes back.
     *
     * @param document null where there is none, or none any more
     * @param failure null where it was done
     */
    public record Answer(Document document, Failure failure) {
        static Answer of(Document document) {
            return new Answer(document, null);
        }

        static Answer outdated(String reason) {
            return new Answer(null, Failure.outdated(reason));
        }
    }

    private static final int READY = 3;

    private final World world;
    private final String name;
    private final Store store;
    private final TreeMap<String, Integer> ready = new TreeMap<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private final Set<ObjectRef> seen = new LinkedHashSet<>();
    private boolean isDown;
    private boolean isMeddled;
    private Refusal refusal;

    public ApiServer(World world, String name) {
        this.world = world;
        this.name = name;
        this.store = new Store(name);
    }

    public String name() {
        return name;
    }

    /** Its routes' objects are there, as far as Git has them. */
    public void serve(Site site) {
        store.serve(site);
    }

    /** How each route that is there divides its traffic. */
    public NavigableMap<String, Split> objects() {
        var splits = new TreeMap<String, Split>();
        for (var placed : store.routes()) {
            var split = split(placed.route());
            if (split != null) {
                splits.put(placed.route(), split);
            }
        }
        return splits;
    }

    /** Null where it isn't there. */
    public Split split(String route) {
        var placed = store.placed(route);
        return placed == null ? null : placed.split(store.get(placed.main()));
    }

    /** How a document of its divides a route's traffic. */
    public Split split(String route, Document main) {
        return store.placed(route).split(main);
    }

    public Site site(String route) {
        return store.placed(route).site();
    }

    /** Null where it isn't there. */
    public Document get(ObjectRef ref) {
        return store.get(ref);
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
                store.documents().forEach(watcher::objectChanged);
                watcher.endpointsChanged(Map.copyOf(ready));
            });
        }
    }

    /** Opens every watch again, whatever it missed before: none stays half-open for ever. */
    public void openWatchesAgain() {
        seen.forEach(ref -> watchers.forEach(watcher -> watcher.objectChanged(ref, get(ref))));
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

    /** The endpoints of a Service, or of the pods with these labels. */
    public int ready(String service, Map<String, String> labels) {
        if (labels.isEmpty()) {
            return ready.getOrDefault(service, READY);
        }
        return store.routes().stream()
                .map(Store.Placed::site)
                .flatMap(site -> Stream.of(site.active(), site.canary())
                        .filter(backend -> TwoServices.labels(site, backend).equals(labels)))
                .findFirst()
                .map(backend -> ready.getOrDefault(backend, READY))
                .orElse(0);
    }

    public void setReady(String backend, int endpoints) {
        ready.put(backend, endpoints);
        world.see(name, new Observation.EndpointsChanged(name, backend, endpoints, world.now()));
        if (!isDown) {
            watchers.forEach(watcher -> watcher.endpointsChanged(Map.of(backend, endpoints)));
        }
    }

    /** The answer to a read; its time is the caller's. */
    public Answer read(ObjectRef ref) {
        return refusal != null && refusal.looksToo
                ? new Answer(null, Failure.failed(refusal.reason))
                : Answer.of(get(ref));
    }

    /** Carries one write of Sluice for a route out, whole or not at all; the answer's time is the caller's. */
    public Answer execute(String route, Write write) {
        if (refusal != null) {
            return new Answer(null, Failure.failed(refusal.reason));
        }
        var there = get(write.ref());
        return switch (write) {
            case Write.Create create when there != null -> Answer.outdated("it is there already");
            case Write.Create create ->
                written(route, create.ref(), null, store.create(create.ref(), create.document()));
            case Write.Update update
            when there == null || isAnother(there, update.document()) -> Answer.outdated("it has been changed");
            case Write.Update update ->
                written(route, update.ref(), there, store.update(update.ref(), update.document(), null));
            case Write.Scale scale
            when there == null || isAnother(there, scale.document()) -> Answer.outdated("it has been changed");
            case Write.Scale scale ->
                written(route, scale.ref(), there, store.update(scale.ref(), scale.scaled(), null));
            case Write.Delete delete
            when there == null || isAnother(there, delete.document()) -> Answer.outdated("it has been changed");
            case Write.Delete delete -> {
                store.remove(delete.ref());
                yield written(route, delete.ref(), there, null);
            }
        };
    }

    /** A write without a version is a replacement, as it is for the real server. */
    private static boolean isAnother(Document there, Document named) {
        var expected = named.text("metadata", "resourceVersion");
        return !there.text("metadata", "uid").equals(named.text("metadata", "uid"))
                || (expected != null && !expected.equals(there.text("metadata", "resourceVersion")));
    }

    private Answer written(String route, ObjectRef ref, Document before, Document after) {
        var placed = store.placed(route);
        world.see(name, new Observation.Stored(placed.site(), route, ref, before, after));
        if (ref.equals(placed.main())) {
            seen(placed, before, after, false);
        }
        tell(ref, after);
        return Answer.of(isMeddled && after != null ? meddled(placed, ref, after) : after);
    }

    private Document meddled(Store.Placed placed, ObjectRef ref, Document written) {
        var fence = placed.split(written).fence();
        var isMain = ref.equals(placed.main());
        if (!isMain || placed.site().manifest().isWhole() || fence == null || fence.active() == null) {
            return written;
        }
        var weight = placed.split(written).weights().get(fence.active());
        if (weight == null) {
            return written;
        }
        var changed = written.copy();
        // where shares were kept exact against a hand again and again, numbers are near the largest that there is
        var whole = weight.setScale(0, RoundingMode.FLOOR).longValueExact();
        var other = BigDecimal.valueOf(whole > Integer.MAX_VALUE - 7 ? 7 : whole + 7);
        placed.site().manifest().divide(changed, placed.site(), new HashMap<>(Map.of(fence.active(), other)));
        return changedByHand(ref, written, store.update(ref, changed, null));
    }

    /** A hand changes a document that is there, as a client of this name. */
    public void edit(ObjectRef ref, String manager, boolean applied, Consumer<Document> change) {
        var before = get(ref);
        var changed = before.copy();
        change.accept(changed);
        var by = store.manager(ref, manager, applied, world.now());
        changedByHand(ref, before, store.update(ref, changed, by));
    }

    /** A hand takes it away. */
    public void remove(ObjectRef ref) {
        var before = get(ref);
        store.remove(ref);
        changedByHand(ref, before, null);
    }

    /** A hand makes it. */
    public void create(ObjectRef ref, Document made) {
        changedByHand(ref, null, store.create(ref, made));
    }

    private Document changedByHand(ObjectRef ref, Document before, Document after) {
        for (var placed : store.routesOf(ref)) {
            var isMain = ref.equals(placed.main());
            seen(placed, isMain ? before : get(placed.main()), isMain ? after : get(placed.main()), true);
        }
        tell(ref, after);
        return after;
    }

    private void seen(Store.Placed placed, Document before, Document after, boolean byHand) {
        world.see(
                name,
                new Observation.Written(
                        placed.route(), placed.split(before), placed.split(after), byHand, world.now()));
    }

    private void tell(ObjectRef ref, Document document) {
        seen.add(ref);
        if (!isDown) {
            watchers.forEach(watcher -> watcher.objectChanged(ref, document));
        }
    }
}
