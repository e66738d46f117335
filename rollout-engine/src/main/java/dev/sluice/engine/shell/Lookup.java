package dev.sluice.engine.shell;

import dev.sluice.engine.core.State;
import dev.sluice.engine.postgres.Applications;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.Decisions;
import dev.sluice.schemas.message.Audit;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Answers questions; changes nothing. All calls block. */
@ApplicationScoped
public class Lookup {
    private final Database database;
    private final Applications applications;
    private final Decisions decisions;
    private final Commits commits;

    Lookup(Database database, Applications applications, Decisions decisions, Commits commits) {
        this.database = database;
        this.applications = applications;
        this.decisions = decisions;
        this.commits = commits;
    }

    /** @param phase as in status, null for any; by name, from {@code after} on */
    public List<State> applications(String phase, String after, int most) {
        return database.alone(session -> applications.list(session, phase, after, most));
    }

    public Optional<State> application(String name) {
        return database.alone(session -> applications.find(session, name));
    }

    /** The newest first. */
    public List<Audit> decisions(String application, int most) {
        return database.alone(session -> decisions.newest(session, application, most));
    }

    /**
     * What a command led to, waiting for it where it has led to nothing yet. A command's decisions are committed at once:
     * where there is one, there are all.
     *
     * @return empty when the wait is over first
     */
    public List<Audit> outcome(String application, String command, Duration longest) throws InterruptedException {
        var end = System.nanoTime() + longest.toNanos();
        try (var ear = commits.listen(application)) {
            while (true) {
                var found = database.alone(session -> decisions.ofEvent(session, application, command));
                var left = Duration.ofNanos(end - System.nanoTime());
                if (!found.isEmpty() || left.isNegative() || left.isZero()) {
                    return found;
                }
                ear.await(left);
            }
        }
    }
}
