package dev.sluice.engine.core.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything the engine knows of one application.
 *
 * @param rollout the running or the last one; null before the first and after {@code delete}
 * @param decisions how many were stored so far: numbers the audit
 * @param versions how many statuses each target had so far
 * @param stableRevisions what each target promoted last, by target
 * @param aborts what a start that is read late must not overtake (B37)
 * @param freezes that stand, where it is {@link Freeze#APPLICATION}
 * @param routes the routes it holds, and those that the event at hand names, by identity
 */
public record State(
        String application,
        Rollout rollout,
        long decisions,
        Map<String, Long> versions,
        Map<String, String> stableRevisions,
        Aborts aborts,
        List<Freeze> freezes,
        Map<String, RouteRow> routes) {

    public State {
        versions = Map.copyOf(versions);
        stableRevisions = Map.copyOf(stableRevisions);
        aborts = aborts == null ? Aborts.NONE : aborts;
        freezes = freezes == null ? List.of() : List.copyOf(freezes);
        routes = Map.copyOf(routes);
    }

    public static State empty(String application) {
        return new State(application, null, 0, Map.of(), Map.of(), Aborts.NONE, List.of(), Map.of());
    }

    public boolean running() {
        return rollout != null && rollout.running();
    }

    public State withRoutes(Map<String, RouteRow> known) {
        return new State(application, rollout, decisions, versions, stableRevisions, aborts, freezes, known);
    }

    public State with(Rollout next) {
        return new State(application, next, decisions, versions, stableRevisions, aborts, freezes, routes);
    }

    public State with(RouteRow row) {
        var changed = new TreeMap<>(routes);
        changed.put(row.identity(), row);
        return withRoutes(changed);
    }

    public State promoted(String target, String revision) {
        if (revision == null) {
            return this;
        }
        var stable = new HashMap<>(stableRevisions);
        stable.put(target, revision);
        return new State(application, rollout, decisions, versions, stable, aborts, freezes, routes);
    }

    public State noted(Aborts.Abort abort) {
        return new State(
                application, rollout, decisions, versions, stableRevisions, aborts.with(abort), freezes, routes);
    }

    /** @param standing those that are left */
    public State frozen(List<Freeze> standing) {
        return new State(application, rollout, decisions, versions, stableRevisions, aborts, standing, routes);
    }

    /** Nothing is left but what late messages must not undo. */
    public State forgotten() {
        return new State(application, null, decisions, versions, Map.of(), aborts, freezes, routes);
    }

    /** One more decision is stored, and one more status of its target goes out, where the rollout has it. */
    public State counted(String target) {
        var isOfRollout =
                target != null && rollout != null && rollout.target(target).isPresent();
        var told = isOfRollout ? told(target) : this;
        return new State(application, rollout, decisions + 1, told.versions, stableRevisions, aborts, freezes, routes);
    }

    /** One more status of a target goes out. */
    public State told(String target) {
        var counted = new HashMap<>(versions);
        counted.merge(target, 1L, Long::sum);
        return new State(application, rollout, decisions, counted, stableRevisions, aborts, freezes, routes);
    }

    public RouteRow route(String identity) {
        return routes.getOrDefault(identity, RouteRow.unknown(identity));
    }
}
