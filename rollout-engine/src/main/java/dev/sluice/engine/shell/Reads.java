package dev.sluice.engine.shell;

import dev.sluice.engine.core.Decider;
import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.Replay;
import dev.sluice.engine.core.state.Freeze;
import dev.sluice.engine.core.state.RouteRow;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.Surroundings;
import dev.sluice.engine.core.told.Publications;
import dev.sluice.engine.core.told.WebhookCalls;
import dev.sluice.engine.postgres.CommandIds.CommandId;
import dev.sluice.engine.postgres.History.RolloutId;
import dev.sluice.engine.postgres.Routes;
import dev.sluice.engine.postgres.Unlocked.Seen;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.rollout.Route;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a transaction has read, locked or not.
 *
 * @param states by application, without routes; beside those that the work names, the one that keeps the freezes
 * @param routes by identity; an event may change one that a later event of another application names
 * @param fresh ids of commands seen for the first time; each is taken out by the first event that carries it
 * @param versions of applications that were read without a lock
 * @param past where the rollouts stand that the work names
 */
record Reads(
        Map<String, State> states,
        Map<String, RouteRow> routes,
        Set<CommandId> fresh,
        Map<String, String> versions,
        Map<RolloutId, Phase> past) {
    static final Reads NOTHING = new Reads(Map.of(), Map.of(), new HashSet<>(), Map.of(), Map.of());

    static Reads locked(
            Map<String, State> states, Map<String, RouteRow> routes, Set<CommandId> fresh, Map<RolloutId, Phase> past) {
        return new Reads(states, routes, fresh, Map.of(), past);
    }

    /** Read without a lock; empty where an application that is commanded, or the one that keeps the freezes, has no row yet. */
    static Optional<Reads> of(Map<String, Seen> seen, Work work) {
        if (!seen.keySet().containsAll(work.commanded()) || !seen.containsKey(Freeze.APPLICATION)) {
            return Optional.empty();
        }
        var states = new HashMap<String, State>();
        var routes = new HashMap<String, RouteRow>();
        var versions = new HashMap<String, String>();
        var fresh = new HashSet<>(work.commandIds());
        seen.forEach((name, one) -> {
            states.put(name, one.state());
            versions.put(name, one.version());
            one.routes().forEach(row -> routes.put(row.identity(), row));
            one.known().forEach(id -> fresh.remove(new CommandId(name, id)));
        });
        return Optional.of(new Reads(states, routes, fresh, versions, Map.of()));
    }

    /**
     * Decides event by event; nothing here waits for anything.
     *
     * @param overriders as in {@link Surroundings}
     * @param traces of the work
     */
    Writes decide(Work work, Instant now, Outgoing outgoing, Set<String> overriders, Traces traces) {
        var current = new HashMap<>(states);
        var rows = new HashMap<>(routes);
        var writes = new Writes(states, versions, now);
        for (var incoming : work.incoming()) {
            var application = incoming.application();
            var known = current.getOrDefault(application, State.empty(application));
            var before = known.withRoutes(concerning(application, named(incoming, known), rows));
            var event = traces.begun(incoming, incoming.event(now, fresh));
            var decisions = Decider.decide(before, surroundings(current, overriders, past(incoming, writes)), event);
            var after = Replay.apply(before, decisions);
            writes.add(event, decisions);
            // a wake-up was cleared by being taken: what the state still needs of it is written back
            if (event instanceof Event.TimeReached || !after.equals(before)) {
                writes.add(before, decisions, after);
                var lineage = traces.after(incoming, after);
                writes.publish(before, outgoing.messages(Publications.of(before, event, decisions), now, lineage));
                writes.call(WebhookCalls.of(before, decisions));
                current.put(application, after);
                rows.putAll(after.routes());
            }
        }
        work.deadLetters().forEach(writes::publish);
        return writes;
    }

    /** As they are by now: an earlier event may have changed them. */
    private static Surroundings surroundings(
            Map<String, State> current, Set<String> overriders, Map<String, Phase> past) {
        var everybody = current.get(Freeze.APPLICATION);
        return new Surroundings(everybody == null ? List.of() : everybody.freezes(), overriders, past);
    }

    /** As it is by now: an earlier event may have ended the rollout. */
    private Map<String, Phase> past(Incoming incoming, Writes writes) {
        return incoming.past()
                .map(rollout -> new RolloutId(incoming.application(), rollout))
                .flatMap(named -> writes.phase(named)
                        .or(() -> Optional.ofNullable(past.get(named)))
                        .map(phase -> Map.of(named.id(), phase)))
                .orElse(Map.of());
    }

    private static Set<String> named(Incoming incoming, State before) {
        return incoming.asksAgain() ? routesOf(before) : incoming.routes();
    }

    /** Those of its last rollout, whoever holds them. */
    static Set<String> routesOf(State state) {
        return state.rollout() == null
                ? Set.of()
                : state.rollout().targets().stream()
                        .flatMap(run -> run.plan().routes().stream())
                        .map(Route::identity)
                        .collect(Collectors.toSet());
    }

    /** What the application holds, and all routes of the objects that the event names. */
    private static Map<String, RouteRow> concerning(String application, Set<String> named, Map<String, RouteRow> rows) {
        var objects = named.stream().map(Routes::object).collect(Collectors.toSet());
        return rows.values().stream()
                .filter(row -> application.equals(row.application())
                        || (!objects.isEmpty() && objects.contains(Routes.object(row.identity()))))
                .collect(Collectors.toMap(RouteRow::identity, row -> row));
    }
}
