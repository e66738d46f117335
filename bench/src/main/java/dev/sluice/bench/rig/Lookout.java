package dev.sluice.bench.rig;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where the thread that measures waits for what the watchers see on theirs. Expect first, then cause, then await. A sighting
 * costs what is expected of its own application, and nothing is kept that nobody waits for.
 */
public final class Lookout {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ConcurrentHashMap<String, List<Expected>> open = new ConcurrentHashMap<>();

    /** Something to be seen once. */
    public final class Expected {
        private final Awaited awaited;
        private final CompletableFuture<Sighting> seen = new CompletableFuture<>();

        private Expected(Awaited awaited) {
            this.awaited = awaited;
        }

        /** @throws IllegalStateException naming it, if it is not seen in time */
        public Sighting await() throws InterruptedException {
            return within(LIMIT)
                    .orElseThrow(() -> new IllegalStateException(
                            "not seen within %d s: %s".formatted(LIMIT.toSeconds(), awaited.what())));
        }

        /**
         * Empty if it is not seen within this time, and then nobody waits for it any more.
         *
         * @throws IllegalStateException if it cannot be seen any more
         */
        public Optional<Sighting> within(Duration limit) throws InterruptedException {
            try {
                return Optional.of(seen.get(limit.toNanos(), TimeUnit.NANOSECONDS));
            } catch (TimeoutException e) {
                return Optional.empty();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause().getMessage() + ", waiting for " + awaited.what(), e);
            } finally {
                forget(this);
            }
        }
    }

    /** From now on, waits for the first sighting that passes the test. */
    public Expected expect(Awaited awaited) {
        var expected = new Expected(awaited);
        open.compute(awaited.application(), (application, known) -> {
            var all = known == null ? new CopyOnWriteArrayList<Expected>() : known;
            all.add(expected);
            return all;
        });
        return expected;
    }

    private void forget(Expected expected) {
        open.computeIfPresent(expected.awaited.application(), (application, known) -> {
            known.remove(expected);
            return known.isEmpty() ? null : known;
        });
    }

    /** Whether anything is expected of this application, so that its messages are worth reading. */
    boolean isExpecting(String application) {
        return open.containsKey(application);
    }

    void seen(Sighting sighting) {
        for (var expected : open.getOrDefault(sighting.application(), List.of())) {
            if (expected.awaited.test().test(sighting)) {
                // the first sighting counts; whoever awaits it takes it off the list
                expected.seen.complete(sighting);
            }
        }
    }

    /** Nothing that is waited for will come any more. */
    void gone(String why) {
        var cause = new IllegalStateException(why);
        open.values().forEach(all -> all.forEach(expected -> expected.seen.completeExceptionally(cause)));
    }
}
