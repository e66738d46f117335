package dev.sluice.engine.core.state;

import dev.sluice.schemas.rollout.OnPromoted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Everything the engine knows of one application.
 *
 * @param rollout the running or the last one; null before the first and after {@code delete}
 * @param decisions how many were stored so far: numbers the audit
 * @param versions how many statuses each target had so far
 * @param stableRevisions what each target promoted last, by target
 * @param promotions how it was promoted, by target
 * @param former promoted targets that the rollout leaves out
 * @param aborts what a start that is read late must not overtake (B37)
 * @param queued the start that waits for the running rollout to end; null for none
 * @param held what automation may not start (B47)
 * @param freezes that stand, where it is {@link Freeze#APPLICATION}
 * @param routes the routes it holds, and those that the event at hand names, by identity
 */
public record State(
        String application,
        Rollout rollout,
        long decisions,
        Map<String, Long> versions,
        Map<String, String> stableRevisions,
        Map<String, Promotion> promotions,
        FormerTargets former,
        Aborts aborts,
        Request queued,
        HeldRevisions held,
        List<Freeze> freezes,
        Map<String, RouteRow> routes) {

    public State {
        versions = Map.copyOf(versions);
        stableRevisions = Map.copyOf(stableRevisions);
        promotions = promotions == null ? Map.of() : Map.copyOf(promotions);
        former = former == null ? FormerTargets.NONE : former;
        aborts = aborts == null ? Aborts.NONE : aborts;
        held = held == null ? HeldRevisions.NONE : held;
        freezes = freezes == null ? List.of() : List.copyOf(freezes);
        routes = Map.copyOf(routes);
    }

    /** With nothing queued, and nothing that anybody went back from. */
    public State(
            String application,
            Rollout rollout,
            long decisions,
            Map<String, Long> versions,
            Map<String, String> stableRevisions,
            Aborts aborts,
            Map<String, RouteRow> routes) {
        this(
                application,
                rollout,
                decisions,
                versions,
                stableRevisions,
                Map.of(),
                FormerTargets.NONE,
                aborts,
                null,
                null,
                List.of(),
                routes);
    }

    public static State empty(String application) {
        return new State(application, null, 0, Map.of(), Map.of(), Aborts.NONE, Map.of());
    }

    public boolean running() {
        return rollout != null && rollout.running();
    }

    /** This state's parts, of which one change gives the next state others. */
    private static final class Parts {
        private Rollout rollout;
        private long decisions;
        private Map<String, Long> versions;
        private Map<String, String> stableRevisions;
        private Map<String, Promotion> promotions;
        private FormerTargets former;
        private Aborts aborts;
        private Request queued;
        private HeldRevisions held;
        private List<Freeze> freezes;
        private Map<String, RouteRow> routes;
    }

    /** The same, otherwise as changed. */
    private State with(Consumer<Parts> change) {
        var next = new Parts();
        next.rollout = rollout;
        next.decisions = decisions;
        next.versions = versions;
        next.stableRevisions = stableRevisions;
        next.promotions = promotions;
        next.former = former;
        next.aborts = aborts;
        next.queued = queued;
        next.held = held;
        next.freezes = freezes;
        next.routes = routes;
        change.accept(next);
        return new State(
                application,
                next.rollout,
                next.decisions,
                next.versions,
                next.stableRevisions,
                next.promotions,
                next.former,
                next.aborts,
                next.queued,
                next.held,
                next.freezes,
                next.routes);
    }

    public State withRoutes(Map<String, RouteRow> known) {
        return with(next -> next.routes = known);
    }

    /** The same rollout, further on. */
    public State with(Rollout changed) {
        return with(next -> next.rollout = changed);
    }

    /** Another rollout begins, and nothing waits any more. */
    public State started(Rollout begun) {
        var left = rollout == null || rollout.isObserving() ? former : former.after(rollout, promotions.keySet());
        return with(next -> {
            next.rollout = begun;
            next.former = left.without(begun);
            next.queued = null;
        });
    }

    /** @param waits null: nothing waits any more */
    public State with(Request waits) {
        return with(next -> next.queued = waits);
    }

    public State with(HeldRevisions all) {
        return with(next -> next.held = all);
    }

    public State with(RouteRow row) {
        var changed = new TreeMap<>(routes);
        changed.put(row.identity(), row);
        return withRoutes(changed);
    }

    /** What is stable stays where nobody says what was promoted; of what an undo goes back to nothing else can be told. */
    public State promoted(String target, OnPromoted how) {
        var before = stableRevisions.get(target);
        var revision = rollout.revision() == null && !rollout.isUndo() ? before : rollout.revision();
        var promotion = new Promotion(rollout.id(), how, rollout.revision(), before, rollout.isUndo(), null);
        return promoted(target, promotion, revision);
    }

    /**
     * Another tool made it so; of Sluice's own promotions that is none.
     *
     * @param revision null: nobody knows which
     */
    public State stable(String target, String revision) {
        return with(next -> next.stableRevisions = put(stableRevisions, target, revision));
    }

    /** The target's last promotion is taken back, by the rollout that it was. */
    public State reverted(String target) {
        var last = promotions.get(target);
        return promoted(target, null, last == null ? null : last.before());
    }

    /** @param revision stable from now on; null: nobody knows which */
    private State promoted(String target, Promotion promotion, String revision) {
        return with(next -> {
            next.stableRevisions = put(stableRevisions, target, revision);
            next.promotions = put(promotions, target, promotion);
        });
    }

    /** A target begins: from now on its other backend is this rollout's. */
    public State begun(String target) {
        var last = promotions.get(target);
        return last == null ? this : with(next -> next.promotions = put(promotions, target, last.followedBy(rollout)));
    }

    /** Before form 4 no promotion said who had followed: the last rollout did, wherever it has begun. */
    public State followed() {
        var next = this;
        for (var run : rollout == null ? List.<TargetRun>of() : rollout.targets()) {
            var last = promotions.get(run.name());
            var isAnother = last != null && !last.rollout().equals(rollout.id());
            next = isAnother && run.traffic().generation() > 0 ? next.begun(run.name()) : next;
        }
        return next;
    }

    private static <V> Map<String, V> put(Map<String, V> all, String key, V value) {
        var changed = new HashMap<>(all);
        if (value == null) {
            changed.remove(key);
        } else {
            changed.put(key, value);
        }
        return changed;
    }

    public State noted(Aborts.Abort abort) {
        return with(next -> next.aborts = aborts.with(abort));
    }

    /** @param standing those that are left */
    public State frozen(List<Freeze> standing) {
        return with(next -> next.freezes = standing);
    }

    /** Nothing is left but what late messages must not undo. */
    public State forgotten() {
        return new State(application, null, decisions, versions, Map.of(), aborts, routes);
    }

    /** One more decision is stored, and one more status of its target goes out, where the rollout has it. */
    public State counted(String target) {
        var isOfRollout =
                target != null && rollout != null && rollout.target(target).isPresent();
        var told = isOfRollout ? told(target) : this;
        return told.with(next -> next.decisions = decisions + 1);
    }

    /** One more status of a target goes out. */
    public State told(String target) {
        var counted = new HashMap<>(versions);
        counted.merge(target, 1L, Long::sum);
        return with(next -> next.versions = counted);
    }

    public RouteRow route(String identity) {
        return routes.getOrDefault(identity, RouteRow.unknown(identity));
    }
}
