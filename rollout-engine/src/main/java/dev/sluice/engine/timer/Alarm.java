package dev.sluice.engine.timer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Rings at the earliest moment it was set to, and then again every so often; never early by {@code clock}. What it
 * rings for stands in the database, so an alarm that is lost or rings in vain does no harm.
 */
public final class Alarm implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Alarm.class);
    private static final Duration LONGEST_RING = Duration.ofSeconds(5);

    private final Clock clock;
    private final Runnable ring;
    private final ScheduledThreadPoolExecutor thread;
    private ScheduledFuture<?> next;
    private Instant earliest;

    /** @param ring may block; a failure is logged and the alarm goes on */
    public Alarm(String name, Clock clock, Runnable ring) {
        this.clock = clock;
        this.ring = ring;
        this.thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name(name).factory());
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs {@code sweep} now, and then at this distance. */
    public void every(Duration distance, Runnable sweep) {
        var unused = thread.scheduleWithFixedDelay(() -> guarded(sweep), 0, distance.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Rings at {@code moment}, or at once where it is over. */
    public synchronized void set(Instant moment) {
        if (thread.isShutdown() || (earliest != null && !moment.isBefore(earliest))) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        earliest = moment;
        // a timer of the JVM may be a hair early by the wall clock: one millisecond more than enough
        var delay = Math.max(0, Duration.between(clock.instant(), moment).toMillis() + 1);
        next = thread.schedule(this::rings, delay, TimeUnit.MILLISECONDS);
    }

    private void rings() {
        synchronized (this) {
            earliest = null;
            next = null;
        }
        guarded(ring);
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warnf("Timers could not be looked at, trying again: %s", e);
        } catch (Error e) {
            // the executor would drop the sweep for ever without a word
            LOG.error("Timers could not be looked at", e);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LONGEST_RING.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
