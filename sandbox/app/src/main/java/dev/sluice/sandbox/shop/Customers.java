package dev.sluice.sandbox.shop;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Sends requests at a steady rate, whatever the answers are. */
final class Customers implements AutoCloseable {
    private static final int AT_ONCE = 64;
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("customers").factory());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final HttpRequest request;

    Customers(URI shop, int perSecond) {
        request = HttpRequest.newBuilder(shop).timeout(ANSWER_LIMIT).build();
        var between = Duration.ofSeconds(1).toNanos() / perSecond;
        var unused = clock.scheduleAtFixedRate(this::visit, 0, between, TimeUnit.NANOSECONDS);
    }

    private void visit() {
        // A shop that cannot keep up loses customers, it does not collect them.
        if (free.tryAcquire()) {
            threads.execute(this::buy);
        }
    }

    private void buy() {
        try {
            http.send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException unserved) {
            // The proxy counts what it passes on; a customer who is not served at all just leaves.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            free.release();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        threads.shutdownNow();
        http.shutdownNow();
    }
}
