package dev.sluice.engine.shell;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.postgres.CommandIds.CommandId;
import dev.sluice.engine.postgres.Outcomes;
import dev.sluice.engine.timer.Alarm;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Who waits for what a command leads to; each is woken by his own command alone. What this instance decides it tells at once. What
 * others decide nobody tells: one look serves all who wait, however many they are.
 */
@ApplicationScoped
class Waiters {
    private static final Logger LOG = Logger.getLogger(Waiters.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    /** What is decided while somebody waits for it has a time of another instance's clock. */
    static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    private static final int MOST_AT_ONCE = 500;

    private final Map<CommandId, Set<Semaphore>> waiting = new ConcurrentHashMap<>();
    private final Outcomes outcomes;
    private final Duration longest;
    private final Clock clock;
    private final Alarm alarm;

    Waiters(Outcomes outcomes, Commits commits, EngineConfig config, Clock clock) {
        this.outcomes = outcomes;
        this.longest = config.commands().longestWait();
        this.clock = clock;
        this.alarm = new Alarm("sluice-waiters", clock, () -> {});
        commits.onCommit(news -> wake(news.commands()));
    }

    void start() {
        alarm.every(BETWEEN_LOOKS, this::look);
    }

    void stop() {
        alarm.close();
    }

    /** Hears of a command's outcome from now on, until it is closed. */
    Ear listen(CommandId command) {
        var news = new Semaphore(0);
        waiting.compute(command, (id, ears) -> {
            var all = ears == null ? ConcurrentHashMap.<Semaphore>newKeySet() : ears;
            all.add(news);
            return all;
        });
        return new Ear(command, news);
    }

    private void wake(Collection<CommandId> commands) {
        for (var command : commands) {
            waiting.getOrDefault(command, Set.of()).forEach(Semaphore::release);
        }
    }

    private void look() {
        try {
            var all = List.copyOf(waiting.keySet());
            var since = clock.instant().minus(longest).minus(CLOCKS_DIFFER);
            for (int from = 0; from < all.size(); from += MOST_AT_ONCE) {
                var some = all.subList(from, Math.min(all.size(), from + MOST_AT_ONCE));
                wake(outcomes.decided(some, since));
            }
        } catch (RuntimeException e) {
            LOG.debugf("Those who wait were not looked for: %s", Reasons.of(e));
        }
    }

    int count() {
        return waiting.values().stream().mapToInt(Set::size).sum();
    }

    /** One client's. */
    final class Ear implements AutoCloseable {
        private final CommandId command;
        private final Semaphore news;

        private Ear(CommandId command, Semaphore news) {
            this.command = command;
            this.news = news;
        }

        /** Returns when there is an outcome to be read, at the latest after this long. */
        void await(Duration atMost) throws InterruptedException {
            if (news.tryAcquire(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS)) {
                news.drainPermits();
            }
        }

        @Override
        public void close() {
            waiting.computeIfPresent(command, (id, ears) -> {
                ears.remove(news);
                return ears.isEmpty() ? null : ears;
            });
        }
    }
}
