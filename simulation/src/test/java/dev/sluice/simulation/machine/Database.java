package dev.sluice.simulation.machine;

import dev.sluice.engine.core.state.Freeze;
import dev.sluice.engine.core.state.RouteRow;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.told.Publication;
import dev.sluice.engine.core.told.WebhookCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The engine's database. What one action of the agenda does to it is one transaction. */
public final class Database {
    private final NavigableMap<String, State> states = new TreeMap<>();
    private final NavigableMap<String, RouteRow> routes = new TreeMap<>();
    private final NavigableMap<Long, Publication> outbox = new TreeMap<>();
    private final NavigableMap<String, WebhookCall> calls = new TreeMap<>();
    private final Set<String> callbacks = new HashSet<>();
    private final Map<String, Instant> claims = new HashMap<>();
    private final Map<String, Long> consumed = new TreeMap<>();
    /** Applications that are to be told the time, whatever it is. */
    private final NavigableSet<String> woken = new TreeSet<>();

    private final Set<String> commandIds = new HashSet<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private long outboxIds;
    private final Map<String, Lease> leases = new HashMap<>();

    private record Lease(String holder, Instant until) {}

    /** A backup. Leases and claims are not part of it: they are over long before anybody restores one. */
    public record Backup(
            NavigableMap<String, State> states,
            NavigableMap<String, RouteRow> routes,
            NavigableMap<Long, Publication> outbox,
            NavigableMap<String, WebhookCall> calls,
            Set<String> callbacks,
            Set<String> woken,
            Map<String, Long> consumed,
            Set<String> commandIds) {}

    public NavigableMap<String, State> states() {
        return states;
    }

    NavigableMap<String, RouteRow> routes() {
        return routes;
    }

    public List<Freeze> freezes() {
        return states.getOrDefault(Freeze.APPLICATION, State.empty(Freeze.APPLICATION))
                .freezes();
    }

    NavigableSet<String> woken() {
        return woken;
    }

    public NavigableMap<Long, Publication> outbox() {
        return outbox;
    }

    long consumed(String partition) {
        return consumed.getOrDefault(partition, 0L);
    }

    void advance(String partition, long next) {
        consumed.put(partition, next);
    }

    /** Whether it was not known before. */
    boolean remember(String application, String commandId) {
        return commandIds.add(application + " " + commandId);
    }

    void send(Publication publication) {
        outbox.put(outboxIds++, publication);
    }

    void call(WebhookCall call) {
        calls.put(call.id(), call);
    }

    /** Its answer has been taken up. */
    void answered(String call) {
        calls.remove(call);
        claims.remove(call);
    }

    boolean isCalling() {
        return !calls.isEmpty();
    }

    /** Calls that nobody makes: whoever claims one has it until the time that {@code until} says. */
    List<WebhookCall> claim(Instant now, Function<WebhookCall, Instant> until) {
        var free = calls.values().stream()
                .filter(call -> !claims.getOrDefault(call.id(), Instant.MIN).isAfter(now))
                .toList();
        free.forEach(call -> claims.put(call.id(), until.apply(call)));
        return free;
    }

    boolean hasCallback(String call) {
        return callbacks.contains(call);
    }

    void calledBack(String call) {
        callbacks.add(call);
    }

    /** Told of every commit, whoever made it. */
    void onCommit(Runnable listener) {
        listeners.add(listener);
    }

    void committed() {
        listeners.forEach(Runnable::run);
    }

    boolean holdsLease(String lane, String name, Instant now) {
        var lease = leases.get(lane);
        return lease != null && name.equals(lease.holder()) && now.isBefore(lease.until());
    }

    /** Whether the lane is that relay's for the next three seconds. */
    boolean lease(String lane, String name, Instant now) {
        var lease = leases.get(lane);
        if (lease != null && !name.equals(lease.holder()) && now.isBefore(lease.until())) {
            return false;
        }
        leases.put(lane, new Lease(name, now.plusSeconds(3)));
        return true;
    }

    public Backup backUp() {
        return new Backup(
                new TreeMap<>(states),
                new TreeMap<>(routes),
                new TreeMap<>(outbox),
                new TreeMap<>(calls),
                new HashSet<>(callbacks),
                new TreeSet<>(woken),
                new TreeMap<>(consumed),
                new HashSet<>(commandIds));
    }

    public void restore(Backup backup) {
        states.clear();
        states.putAll(backup.states());
        routes.clear();
        routes.putAll(backup.routes());
        outbox.clear();
        outbox.putAll(backup.outbox());
        calls.clear();
        calls.putAll(backup.calls());
        callbacks.clear();
        callbacks.addAll(backup.callbacks());
        claims.clear();
        woken.clear();
        woken.addAll(backup.woken());
        consumed.clear();
        consumed.putAll(backup.consumed());
        commandIds.clear();
        commandIds.addAll(backup.commandIds());
    }
}
