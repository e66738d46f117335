package dev.sluice.engine.shell;

import dev.sluice.engine.postgres.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * News of commits, this instance's and others': what makes the relay, the timers and waiting readers go on at once
 * instead of looking again and again. A reader hears only of what concerns its application.
 */
@ApplicationScoped
public class Commits {
    /** Of other instances' commits nobody tells which applications they concern: a look this often serves them. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    /**
     * A commit of this instance.
     *
     * @param wakeUps when the applications concerned have something to do by themselves
     * @param applications those concerned
     * @param orders that it stored, in their order
     * @param others whether earlier orders were still on their way out, so that these may have to wait for them
     * @param beside whether it stored other messages than orders
     */
    record News(
            List<Instant> wakeUps,
            Collection<String> applications,
            List<Outbox.Row> orders,
            boolean others,
            boolean beside) {}

    private final List<Runnable> elsewhere = new CopyOnWriteArrayList<>();
    private final List<Consumer<News>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Set<Semaphore>> waiting = new ConcurrentHashMap<>();

    /** For this instance's commits; of one application's, in their order. */
    void onCommit(Consumer<News> listener) {
        listeners.add(listener);
    }

    /** For commits of other instances. */
    void onCommitElsewhere(Runnable listener) {
        elsewhere.add(listener);
    }

    void happened(News news) {
        listeners.forEach(listener -> listener.accept(news));
        news.applications()
                .forEach(application ->
                        waiting.getOrDefault(application, Set.of()).forEach(Semaphore::release));
    }

    /** Another instance committed, and nobody tells what. */
    void elsewhere() {
        elsewhere.forEach(Runnable::run);
    }

    /** Hears of an application's commits from now on, until it is closed. */
    Ear listen(String application) {
        var news = new Semaphore(0);
        waiting.compute(application, (name, ears) -> {
            var all = ears == null ? ConcurrentHashMap.<Semaphore>newKeySet() : ears;
            all.add(news);
            return all;
        });
        return new Ear(application, news);
    }

    /** One reader's. */
    final class Ear implements AutoCloseable {
        private final String application;
        private final Semaphore news;

        private Ear(String application, Semaphore news) {
            this.application = application;
            this.news = news;
        }

        /** Returns when it is worth another look, at the latest after this long. */
        void await(Duration longest) throws InterruptedException {
            var patience = longest.compareTo(BETWEEN_LOOKS) < 0 ? longest : BETWEEN_LOOKS;
            if (news.tryAcquire(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS)) {
                news.drainPermits();
            }
        }

        @Override
        public void close() {
            waiting.computeIfPresent(application, (name, ears) -> {
                ears.remove(news);
                return ears.isEmpty() ? null : ears;
            });
        }
    }
}
