package dev.sluice.engine.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks hosts up. The system's resolver can't be told to stop, and would hold a virtual thread's carrier: so it has threads of its
 * own, and who waits for one waits no longer than it may.
 */
final class Addresses {
    private static final long IDLE_SECONDS = 30;

    private final ThreadPoolExecutor threads;

    Addresses(int mostAtOnce) {
        this.threads = new ThreadPoolExecutor(
                0,
                mostAtOnce,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().daemon().name("sluice-names-", 0).factory());
    }

    List<InetAddress> of(String host, Duration within) throws Uncallable, InterruptedException {
        try {
            return CompletableFuture.supplyAsync(() -> lookUp(host), threads)
                    .get(Math.max(1, within.toMillis()), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new Uncallable("has no address that is known here");
        } catch (TimeoutException e) {
            throw new Uncallable("was not found within " + within.toMillis() + " ms");
        } catch (RejectedExecutionException e) {
            throw new Uncallable("could not be looked up: too many others wait for the name server");
        }
    }

    private static List<InetAddress> lookUp(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    void close() {
        threads.shutdownNow();
    }
}
