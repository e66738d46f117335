package dev.sluice.engine.shell;

import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.Notifications;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Tells the other instances, one of which relays, that there is something to send. Any number of commits while one
 * announcement is under way need but one more; one that is lost costs what the relay takes until it looks by itself.
 */
@ApplicationScoped
class Announcements {
    private static final Logger LOG = Logger.getLogger(Announcements.class);

    private final Database database;
    private final Notifications notifications;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("sluice-announcements").factory());

    Announcements(Database database, Notifications notifications) {
        this.database = database;
        this.notifications = notifications;
    }

    void announce() {
        try {
            if (waiting.compareAndSet(false, true)) {
                thread.execute(this::tell);
            }
        } catch (RejectedExecutionException stopped) {
            LOG.debug("Stopped: the relay looks by itself");
        }
    }

    private void tell() {
        waiting.set(false);
        try {
            database.alone(notifications::tell);
        } catch (RuntimeException e) {
            LOG.debugf("The others were not told of a commit: %s", Reasons.of(e));
        }
    }

    void stop() {
        thread.shutdown();
    }
}
