package dev.sluice.engine.shell;

import dev.sluice.engine.postgres.Applications;
import dev.sluice.engine.postgres.CommandIds;
import dev.sluice.engine.postgres.Consumed;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.Overtaken;
import dev.sluice.engine.postgres.Routes;
import dev.sluice.engine.postgres.StorageUnavailable;
import dev.sluice.engine.postgres.Store;
import dev.sluice.engine.postgres.Timers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/**
 * Load, decide, store, send: every event, whoever brings it, goes through here, and all that follows from it is
 * committed at once. Sending is writing to the outbox; the {@link Relay} is told after the commit.
 */
@ApplicationScoped
class Handler {
    private final Database database;
    private final Consumed consumed;
    private final Applications applications;
    private final Routes routes;
    private final CommandIds commandIds;
    private final Timers timers;
    private final Store store;
    private final Outgoing outgoing;
    private final Commits commits;
    private final Meters meters;
    private final Clock clock;

    Handler(Database database, Tables tables, Outgoing outgoing, Commits commits, Meters meters, Clock clock) {
        this.database = database;
        this.consumed = tables.consumed();
        this.applications = tables.applications();
        this.routes = tables.routes();
        this.commandIds = tables.commandIds();
        this.timers = tables.timers();
        this.store = tables.store();
        this.outgoing = outgoing;
        this.commits = commits;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Returns after the commit.
     *
     * @throws Overtaken when somebody else worked it off
     * @throws StorageUnavailable when the same again may succeed
     * @throws RuntimeException when an event's content is at fault
     */
    void handle(Work work) {
        var started = System.nanoTime();
        var now = clock.instant();
        var deliberated = database.transaction(session -> inTransaction(session, work, now));
        meters.committed(deliberated, System.nanoTime() - started);
        commits.happened(deliberated.nextWakeUps(), work.applications());
    }

    /**
     * The guard comes first: who was overtaken waits for no lock, and decides nothing. Locks are taken in one order by
     * everybody: applications, routes, timers.
     */
    private Uni<Deliberated> inTransaction(StatelessSession session, Work work, Instant now) {
        return advance(session, work)
                .chain(() -> load(session, work, now))
                .call(() -> clearTimers(session, work, now))
                .chain(loaded -> {
                    var deliberated = loaded.decide(work, now, outgoing);
                    return store.write(session, deliberated.changes()).replaceWith(deliberated);
                });
    }

    private Uni<Void> advance(StatelessSession session, Work work) {
        return work.advance()
                .map(step -> consumed.advance(session, step))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Integer> clearTimers(StatelessSession session, Work work, Instant now) {
        var wokenUp = work.wokenUp();
        return wokenUp.isEmpty() ? Uni.createFrom().item(0) : timers.clear(session, wokenUp, now);
    }

    private Uni<Loaded> load(StatelessSession session, Work work, Instant now) {
        if (work.incoming().isEmpty()) {
            return Uni.createFrom().item(Loaded.NOTHING);
        }
        return applications
                .lock(session, work.applications(), work.commanded())
                .chain(states -> routes.lock(session, work.applications(), work.routes())
                        .chain(rows -> commandIds
                                .remember(session, work.commandIds(), now)
                                .map(fresh -> new Loaded(states, rows, new HashSet<>(fresh)))));
    }
}
