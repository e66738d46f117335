package dev.sluice.engine.shell;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.kafka.Backlog;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.StateTooNew;
import dev.sluice.engine.postgres.StorageUnavailable;
import dev.sluice.engine.postgres.Timers;
import dev.sluice.engine.timer.Alarm;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Tells applications the time when they have something to do by themselves. Whoever finds a wake-up due claims it, and
 * the others leave it alone while the claim lasts. Two that fire the same one all the same do no harm: the second finds a
 * state that has moved on. After a start everything that is overdue is fired at once (B07).
 */
@ApplicationScoped
class WakeUpCalls {
    private static final Logger LOG = Logger.getLogger(WakeUpCalls.class);
    private static final int MOST_AT_ONCE = 200;
    /** How soon after a crash another instance fires what this one had claimed. */
    private static final Duration CLAIM = Duration.ofSeconds(10);

    /** When to look again at what would be due by now, had everything been read. */
    private static final Duration BEHIND = Duration.ofMillis(250);

    private static final Duration FAR_OFF = Duration.ofMinutes(10);

    private final Database database;
    private final Timers timers;
    private final Handler handler;
    private final EngineConfig.Timers config;
    private final Clock clock;
    private final Backlog backlog;
    private volatile Alarm alarm;

    WakeUpCalls(
            Database database,
            Timers timers,
            Handler handler,
            Commits commits,
            EngineConfig config,
            Clock clock,
            Backlog backlog) {
        this.database = database;
        this.timers = timers;
        this.handler = handler;
        this.config = config.timers();
        this.clock = clock;
        this.backlog = backlog;
        commits.onCommit(news -> set(news.wakeUps()));
    }

    void start() {
        alarm = new Alarm("sluice-timers", clock, () -> fire(clock.instant()));
        alarm.every(config.sweep(), sweep());
    }

    void stop() {
        var armed = alarm;
        if (armed != null) {
            armed.close();
            alarm = null;
        }
    }

    /** What is further off is found by the sweep when its time comes, whichever instance is there then. */
    private void set(List<Instant> wakeUps) {
        var horizon = clock.instant().plus(FAR_OFF);
        var armed = alarm;
        if (armed != null) {
            wakeUps.stream()
                    .filter(horizon::isAfter)
                    .min(Comparator.naturalOrder())
                    .ifPresent(armed::set);
        }
    }

    /** The first leaves no grace: nobody may have been there when it was time. */
    private Runnable sweep() {
        var first = new AtomicBoolean(true);
        return () ->
                fire(first.getAndSet(false) ? clock.instant() : clock.instant().minus(config.grace()));
    }

    private void fire(Instant moment) {
        var due = backlog.upTo(moment);
        // each but once, so that one that stays due keeps no other from its time
        var fired = new HashSet<String>();
        var applications = claim(due);
        while (fired.addAll(applications)) {
            fire(applications, due);
            applications = claim(due);
        }
        database.alone(session -> timers.next(session, clock.instant())).ifPresent(next -> set(List.of(next)));
        if (due.isBefore(moment)) {
            set(List.of(clock.instant().plus(BEHIND)));
        }
    }

    private List<String> claim(Instant moment) {
        return database.alone(session -> timers.claim(session, moment, CLAIM, MOST_AT_ONCE));
    }

    /** All in one transaction; one by one where that fails, so that no application keeps the others from their time. */
    private void fire(List<String> applications, Instant due) {
        try {
            handler.handle(Work.wakeUps(applications, due));
        } catch (StateTooNew e) {
            applications.forEach(application -> fire(application, due));
        } catch (StorageUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            applications.forEach(application -> fire(application, due));
        }
    }

    private void fire(String application, Instant due) {
        try {
            handler.handle(Work.wakeUps(List.of(application), due));
        } catch (StateTooNew e) {
            LOG.warnf("A wake-up is left to a later version: application=%s: %s", application, e.getMessage());
        } catch (StorageUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.errorf(e, "Wake-up failed: application=%s", application);
        }
    }
}
