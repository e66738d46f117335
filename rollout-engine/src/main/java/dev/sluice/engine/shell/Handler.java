package dev.sluice.engine.shell;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.core.state.Freeze;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.kafka.Backlog;
import dev.sluice.engine.kafka.KafkaSettings;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.Overtaken;
import dev.sluice.engine.postgres.Stale;
import dev.sluice.engine.postgres.StorageUnavailable;
import dev.sluice.engine.postgres.Store;
import dev.sluice.schemas.Topic;
import dev.sluice.telemetry.Tracing;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/**
 * Load, decide, store, send: every event, whoever brings it, goes through here, and all that follows from it is
 * committed at once. Sending is writing to the outbox; the {@link Relay} is told after the commit.
 *
 * <p>In the usual case that takes two round trips: one that reads without locks, and one that stores if nothing has changed
 * meanwhile; and the second alone where this instance worked on the application before. Where something has, or rows must be made first, the whole is done again with locks.
 */
@ApplicationScoped
class Handler {
    private final Database database;
    private final Tables tables;
    private final Turns turns;
    private final LastSeen lastSeen;
    private final Outgoing outgoing;
    private final Commits commits;
    private final Meters meters;
    private final Clock clock;
    private final Backlog backlog;
    private final String orders;
    private final Set<String> overriders;
    private final Tracing tracing;
    private final DecisionLog decisionLog;

    Handler(
            Database database,
            Tables tables,
            Turns turns,
            LastSeen lastSeen,
            Outgoing outgoing,
            Commits commits,
            Meters meters,
            Clock clock,
            Backlog backlog,
            KafkaSettings kafka,
            EngineConfig config,
            Tracing tracing,
            DecisionLog decisionLog) {
        this.tracing = tracing;
        this.decisionLog = decisionLog;
        this.database = database;
        this.tables = tables;
        this.turns = turns;
        this.lastSeen = lastSeen;
        this.outgoing = outgoing;
        this.commits = commits;
        this.meters = meters;
        this.clock = clock;
        this.backlog = backlog;
        this.orders = Topic.WEIGHTS.name(kafka.prefix());
        this.overriders = config.freezes().overrideRoles().orElse(Set.of());
    }

    private record Done(Writes writes, Store.Stored stored) {}

    /**
     * Returns after the commit.
     *
     * @throws Overtaken when somebody else worked it off
     * @throws StorageUnavailable when the same again may succeed
     * @throws RuntimeException when an event's content is at fault
     */
    void handle(Work work) {
        var started = System.nanoTime();
        turns.inTurn(work.applications(), () -> {
            try (var traces = Traces.begin(tracing, work)) {
                var done = done(work, traces);
                decisionLog.stored(done.writes().audit());
                meters.committed(done.writes(), System.nanoTime() - started);
                commits.happened(news(work, done));
            }
        });
    }

    private Done done(Work work, Traces traces) {
        try {
            var done = unlocked(work, traces).orElseGet(() -> locked(work, traces));
            lastSeen.stored(done.writes().stored(tables.form(), done.stored().version()));
            return done;
        } catch (RuntimeException e) {
            // whether it was stored may be unknown
            forget(work);
            traces.failed(e);
            throw e;
        }
    }

    private void forget(Work work) {
        lastSeen.forget(around(work));
    }

    /** Every decision may depend on what somebody has frozen. */
    private static Set<String> around(Work work) {
        var names = new HashSet<>(work.applications());
        names.add(Freeze.APPLICATION);
        return names;
    }

    private Commits.News news(Work work, Done done) {
        var writes = done.writes();
        return new Commits.News(
                writes.nextWakeUps(),
                work.commandIds(),
                writes.messages(orders, done.stored().ids()),
                done.stored().others(),
                writes.hasMessagesBeside(orders),
                writes.hasCalls());
    }

    /** Empty where it has to be done with locks: nothing was stored. */
    private Optional<Done> unlocked(Work work, Traces traces) {
        // a route that is named for the first time has no row yet that could show a change; and of a rollout that is
        // over
        // nothing is kept to be read again
        if (!work.routes().isEmpty() || work.asksAgain() || !work.past().isEmpty()) {
            return Optional.empty();
        }
        var now = now(work);
        return read(work).flatMap(reads -> {
            var fresh = List.copyOf(reads.fresh());
            var writes = reads.decide(work, now, outgoing, overriders, traces);
            var changes = Store.prepare(writes.guarded(orders, tables.form(), work, fresh));
            try {
                var stored = database.alone(session -> tables.store().write(session, changes));
                return Optional.of(new Done(writes, stored));
            } catch (Stale e) {
                meters.stale();
                forget(work);
                return Optional.empty();
            }
        });
    }

    /** What is due is due by what was read: a message that lies unread may say otherwise. */
    private Instant now(Work work) {
        var now = clock.instant();
        return work.due()
                .map(due -> Collections.max(List.of(due, backlog.upTo(now))))
                .orElse(now);
    }

    private Optional<Reads> read(Work work) {
        if (work.incoming().isEmpty()) {
            return Optional.of(Reads.NOTHING);
        }
        // a command id that is taken needs not be known here: the guard finds it
        var others = around(work);
        var seen = lastSeen.of(others);
        others.removeAll(seen.keySet());
        if (!others.isEmpty()) {
            var rows = database.alone(session -> tables.unlocked().read(session, others, work.commandIds()));
            var read = tables.unlocked().seen(rows);
            // seldom written, and asked for by all
            Optional.ofNullable(read.get(Freeze.APPLICATION))
                    .ifPresent(freezes -> lastSeen.stored(Map.of(Freeze.APPLICATION, freezes)));
            seen.putAll(read);
        }
        return Reads.of(seen, work);
    }

    private Done locked(Work work, Traces traces) {
        var now = now(work);
        return database.transaction(session -> inTransaction(session, work, traces, now));
    }

    /**
     * The guard comes first: who was overtaken waits for no lock, and decides nothing. Locks are taken in one order by
     * everybody: applications, routes, timers.
     */
    private Uni<Done> inTransaction(StatelessSession session, Work work, Traces traces, Instant now) {
        return advance(session, work)
                .chain(() -> load(session, work, now))
                .call(() -> clearTimers(session, work, now))
                .chain(reads -> Database.besides(() -> decide(reads, work, traces, now)))
                .chain(decided -> tables.store()
                        .write(session, decided.changes())
                        .map(stored -> new Done(decided.writes(), stored)));
    }

    private record Decided(Writes writes, Store.Prepared changes) {}

    private Decided decide(Reads reads, Work work, Traces traces, Instant now) {
        var writes = reads.decide(work, now, outgoing, overriders, traces);
        return new Decided(writes, Store.prepare(writes.changes(orders, tables.form())));
    }

    private Uni<Void> advance(StatelessSession session, Work work) {
        return work.advance()
                .map(step -> tables.consumed().advance(session, step))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Integer> clearTimers(StatelessSession session, Work work, Instant now) {
        var wokenUp = work.wokenUp();
        return wokenUp.isEmpty() ? Uni.createFrom().item(0) : tables.timers().clear(session, wokenUp, now);
    }

    private Uni<Reads> load(StatelessSession session, Work work, Instant now) {
        if (work.incoming().isEmpty()) {
            return Uni.createFrom().item(Reads.NOTHING);
        }
        return tables.applications()
                .lock(session, work.applications(), work.commanded())
                .call(states -> surround(session, states))
                .chain(states -> tables.routes()
                        .lock(session, work.applications(), work.routes(states))
                        .chain(rows -> tables.commandIds()
                                .remember(session, work.commandIds(), now)
                                .chain(fresh -> tables.history()
                                        .phases(session, work.past())
                                        .map(past -> Reads.locked(states, rows, new HashSet<>(fresh), past)))));
    }

    /** Unlike what it decides about, the freezes are not locked: all would wait for each other. */
    private Uni<Void> surround(StatelessSession session, Map<String, State> states) {
        return states.containsKey(Freeze.APPLICATION)
                ? Uni.createFrom().voidItem()
                : tables.applications()
                        .freezes(session)
                        .invoke(freezes -> states.put(Freeze.APPLICATION, freezes))
                        .replaceWithVoid();
    }
}
