package dev.sluice.bench.latency;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Good requests of every application, stable and canary, counted once a second and spread evenly over it. */
final class HealthyTraffic implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int STABLE_REQUESTS = 900;
    private static final int CANARY_REQUESTS = 100;

    private final Publisher publisher;
    private final List<String> applications;
    private final Thread thread;

    HealthyTraffic(Publisher publisher, List<String> applications) {
        this.publisher = publisher;
        this.applications = List.copyOf(applications);
        this.thread = Thread.ofPlatform().daemon().name("healthy-traffic").start(this::run);
    }

    private void run() {
        var pauseNanos = INTERVAL.toNanos() / applications.size();
        var due = System.nanoTime();
        for (int turn = 0; !Thread.currentThread().isInterrupted(); turn++) {
            var application = applications.get(turn % applications.size());
            publisher.requests(application, "stable", "200", STABLE_REQUESTS);
            publisher.requests(application, "canary", "200", CANARY_REQUESTS);
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
