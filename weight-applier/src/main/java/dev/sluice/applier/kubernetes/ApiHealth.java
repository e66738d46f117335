package dev.sluice.applier.kubernetes;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether the API server answers now, asked every few seconds: one that accepts connections and says nothing looks like
 * one that works until somebody waits for it (B53). And which rights the watches lack (B49).
 */
public final class ApiHealth {
    private static final Duration BETWEEN = Duration.ofSeconds(3);
    /** An answer under way may take as long as a request may; then it is overdue. */
    private static final Duration OVERDUE = Duration.ofSeconds(9);

    private final Discovery discovery;
    private final Clock clock;
    private final Map<String, String> missingRights = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile Instant answered;
    private volatile String reason = "it has not answered yet";
    private volatile boolean stopped;

    ApiHealth(String cluster, Discovery discovery, ClusterMeters meters, Clock clock) {
        this.discovery = discovery;
        this.thread = Thread.ofPlatform().name("api-health-" + cluster).daemon().unstarted(this::run);
        this.clock = clock;
        meters.gauge(
                "sluice.applier.api.answers",
                "1 while the cluster's API server answers, else 0",
                this,
                health -> health.obstacle().isEmpty() ? 1 : 0);
        meters.gauge(
                "sluice.applier.rights.missing",
                "Rights to list or watch that the applier lacks; readiness names them",
                missingRights,
                Map::size);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!stopped) {
            var problem = discovery.problem();
            if (problem.isEmpty()) {
                answered = clock.instant();
            }
            reason = problem.orElse(null);
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }

    /** Why the API server can't be counted on now; empty when it answers. */
    public Optional<String> obstacle() {
        var last = answered;
        if (reason != null) {
            return Optional.of(reason + (last == null ? "" : "; the last answer was at " + last));
        }
        return last != null && clock.instant().isAfter(last.plus(OVERDUE))
                ? Optional.of("it doesn't answer; the last answer was at " + last)
                : Optional.empty();
    }

    /** Rights that are missing, by what needs them; routes are looked at now and then all the same. */
    public Map<String, String> missingRights() {
        return Map.copyOf(missingRights);
    }

    void lacks(String what, String words) {
        missingRights.put(what, words);
    }

    void has(String what) {
        missingRights.remove(what);
    }

    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }
}
