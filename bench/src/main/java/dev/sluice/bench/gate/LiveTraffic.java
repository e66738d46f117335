package dev.sluice.bench.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Healthy events of all services as they happen, until closed. */
final class LiveTraffic implements AutoCloseable {
    static final int EVENTS_PER_SECOND = 2_000;
    private static final Duration TICK = Duration.ofMillis(10);
    /** A sender that counts requests for others does not hurry. */
    private static final Duration LINGER = Duration.ofMillis(20);

    private final Course course;
    private final DeployedGate gate;
    private final Thread thread;
    private volatile long sent;
    private volatile boolean closed;

    LiveTraffic(Course course, DeployedGate gate) {
        this.course = course;
        this.gate = gate;
        this.thread = Thread.ofPlatform().daemon().name("traffic").start(this::run);
    }

    private void run() {
        var traffic = new ShopTraffic(course);
        var random = new Random(1);
        var began = System.nanoTime();
        try (var producer = gate.producer(LINGER)) {
            for (; !closed; LockSupport.parkNanos(TICK.toNanos())) {
                var due = (System.nanoTime() - began) * EVENTS_PER_SECOND / 1_000_000_000L;
                for (var number = sent; number < due; number++) {
                    var service = random.nextInt(course.services());
                    var unused = producer.send(DeployedGate.record(service, traffic.event(service, Instant.now())));
                }
                sent = due;
            }
        }
    }

    /** How many so far. */
    long sent() {
        return sent;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
