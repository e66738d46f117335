package dev.sluice.bench.rig;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Good requests of every application: one event of its stable and one of its canary in every period, spread evenly over
 * it.
 */
public final class HealthyTraffic implements AutoCloseable {
    private static final int STABLE_REQUESTS = 900;
    private static final int CANARY_REQUESTS = 100;
    private static final int EVENTS_PER_TURN = 2;

    private final Publisher publisher;
    private final List<String> applications;
    private final Duration period;
    private final AtomicLong turns = new AtomicLong();
    private final Thread thread;

    /** Begins at once, with a publisher that stays the caller's. */
    public HealthyTraffic(Publisher publisher, List<String> applications, Duration period) {
        this.publisher = publisher;
        this.applications = List.copyOf(applications);
        this.period = period;
        this.thread = Thread.ofPlatform().daemon().name("healthy-traffic").start(this::run);
    }

    /** Metric events published so far. */
    public long events() {
        return turns.get() * EVENTS_PER_TURN;
    }

    private void run() {
        var pauseNanos = period.toNanos() / applications.size();
        var due = System.nanoTime();
        for (int turn = 0; !Thread.currentThread().isInterrupted(); turn = (turn + 1) % applications.size()) {
            var application = applications.get(turn);
            publisher.requests(application, "stable", "200", STABLE_REQUESTS);
            publisher.requests(application, "canary", "200", CANARY_REQUESTS);
            turns.incrementAndGet();
            due += pauseNanos;
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
