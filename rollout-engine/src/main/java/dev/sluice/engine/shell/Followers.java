package dev.sluice.engine.shell;

import dev.sluice.engine.postgres.Notifications;
import jakarta.enterprise.context.ApplicationScoped;

/** What goes on beside the work itself and could be missing for a while. */
@ApplicationScoped
class Followers {
    private final Notifications notifications;
    private final Commits commits;
    private final Housekeeping housekeeping;
    private final Waiters waiters;

    Followers(Notifications notifications, Commits commits, Housekeeping housekeeping, Waiters waiters) {
        this.notifications = notifications;
        this.commits = commits;
        this.housekeeping = housekeeping;
        this.waiters = waiters;
    }

    void start() {
        notifications.listen(commits::elsewhere);
        housekeeping.start();
        waiters.start();
    }

    void stop() {
        housekeeping.stop();
        waiters.stop();
        notifications.close();
    }
}
