package dev.sluice.bench.latency;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Where the thread that measures waits for what the watchers see on theirs. Expect first, then cause, then await. */
final class Lookout {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final List<Expected> open = new CopyOnWriteArrayList<>();

    /** Something to be seen once. */
    final class Expected {
        private final Awaited awaited;
        private final CompletableFuture<Sighting> seen = new CompletableFuture<>();

        private Expected(Awaited awaited) {
            this.awaited = awaited;
        }

        /** @throws IllegalStateException naming it, if it is not seen in time */
        Sighting await() throws InterruptedException {
            try {
                return seen.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                throw new IllegalStateException(
                        "not seen within %d s: %s".formatted(LIMIT.toSeconds(), awaited.what()), e);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause().getMessage() + ", waiting for " + awaited.what(), e);
            } finally {
                open.remove(this);
            }
        }
    }

    /** From now on, waits for the first sighting that passes the test. */
    Expected expect(Awaited awaited) {
        var expected = new Expected(awaited);
        open.add(expected);
        return expected;
    }

    void seen(Sighting sighting) {
        for (var expected : open) {
            if (expected.awaited.test().test(sighting)) {
                // the first sighting counts; whoever awaits it takes it off the list
                expected.seen.complete(sighting);
            }
        }
    }

    /** Nothing that is waited for will come any more. */
    void gone(String why) {
        var cause = new IllegalStateException(why);
        open.forEach(expected -> expected.seen.completeExceptionally(cause));
    }
}
