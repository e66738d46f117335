package dev.sluice.engine.shell;

import dev.sluice.access.ApplicationPattern;
import dev.sluice.engine.core.state.Freeze;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.postgres.Applications;
import dev.sluice.engine.postgres.AuditLog;
import dev.sluice.engine.postgres.CommandIds.CommandId;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.History;
import dev.sluice.engine.postgres.Outcomes;
import dev.sluice.schemas.message.Audit;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers questions; changes nothing. All calls block. */
@ApplicationScoped
public class Lookup {
    /** The days that most questions are about: those before are looked into where these don't answer. */
    private static final Duration LATELY = Duration.ofDays(2);

    private final Database database;
    private final Applications applications;
    private final AuditLog decisions;
    private final History history;
    private final Outcomes outcomes;
    private final Waiters waiters;
    private final Clock clock;

    Lookup(
            Database database,
            Applications applications,
            AuditLog decisions,
            History history,
            Outcomes outcomes,
            Waiters waiters,
            Clock clock) {
        this.database = database;
        this.applications = applications;
        this.decisions = decisions;
        this.history = history;
        this.outcomes = outcomes;
        this.waiters = waiters;
        this.clock = clock;
    }

    /**
     * @param visible patterns of their names
     * @param phase as in status, null for any; by name, from {@code after} on
     */
    public List<State> applications(Set<ApplicationPattern> visible, String phase, String after, int most) {
        // what else they are written in means nothing to `like`
        var names = visible.stream()
                .map(pattern -> pattern.text().replace('*', '%'))
                .sorted()
                .toList();
        return database.alone(session -> applications.list(session, names, phase, after, most));
    }

    public Optional<State> application(String name) {
        return database.alone(session -> applications.find(session, name));
    }

    /** The freezes that stand, the oldest first. */
    public List<Freeze> freezes() {
        var now = clock.instant();
        return application(Freeze.APPLICATION).map(State::freezes).orElse(List.of()).stream()
                .filter(freeze -> !freeze.isOver(now))
                .toList();
    }

    /** The newest first. */
    public List<Audit> decisions(String application, int most) {
        return decisions(application, Long.MAX_VALUE, most);
    }

    /** The newest first, of those with a number below {@code before}. */
    public List<Audit> decisions(String application, long before, int most) {
        var lately = clock.instant().minus(LATELY);
        var newest = database.alone(session -> decisions.newest(session, application, before, lately, most));
        return newest.size() == most
                ? newest
                : database.alone(session -> decisions.newest(session, application, before, Instant.EPOCH, most));
    }

    /** Rollouts that were started before {@code before}, the newest first. */
    public List<History.Entry> history(String application, Instant before, int most) {
        return database.alone(session -> history.of(session, application, before, most));
    }

    /**
     * What a command led to, waiting for it where it has led to nothing yet. A command's decisions are committed at once:
     * where there is one, there are all.
     *
     * @return empty when the wait is over first
     */
    public List<Audit> outcome(String application, String command, Duration longest) throws InterruptedException {
        var end = System.nanoTime() + longest.toNanos();
        var begun = clock.instant();
        var awaited = new CommandId(application, command);
        try (var ear = waiters.listen(awaited)) {
            var found = outcomes.ofEvent(awaited, Instant.EPOCH);
            while (found.isEmpty() && end - System.nanoTime() > 0) {
                ear.await(Duration.ofNanos(end - System.nanoTime()));
                found = outcomes.ofEvent(awaited, begun.minus(Waiters.CLOCKS_DIFFER));
            }
            return found;
        }
    }
}
