package dev.sluice.applier.shell;

import dev.sluice.applier.core.Backoff;
import dev.sluice.applier.core.Failure;
import dev.sluice.applier.core.Urgency;
import java.time.Instant;
import java.util.Optional;

/**
 * How many calls may be under way at once: all that are allowed while the API server answers. After one that nobody
 * answered, or that was too much for it, none until it answers a probe; then a single one, and twice as many with each
 * answer. So an outage costs a probe per wait, however many routes there are. Not thread-safe.
 */
final class Pace {
    /** One place in so many is kept for calls that lower. */
    private static final int KEPT = 8;

    private final int most;
    private final Backoff backoff;
    private int allowed;
    private int failures;
    private Instant answered = Instant.MIN;
    private Instant pausedAt = Instant.MIN;
    private Instant until = Instant.MIN;
    private String obstacle;

    /** @param backoff between probes */
    Pace(int most, Backoff backoff) {
        this.most = most;
        this.backoff = backoff;
        this.allowed = most;
    }

    /** @param running calls under way */
    boolean allows(Urgency urgency, int running) {
        var places = urgency == Urgency.LOWERS ? allowed : Math.max(1, allowed - allowed / KEPT);
        return obstacle == null && running < places;
    }

    /** Why calls are held back, in words; empty while the API server answers. */
    Optional<String> obstacle() {
        return Optional.ofNullable(obstacle);
    }

    /** When the next probe is due; of no meaning where there is no obstacle. */
    Instant until() {
        return until;
    }

    /** The API server answered, whatever it said. */
    void answered(Instant now) {
        answered = now;
        failures = 0;
        allowed = obstacle == null ? Math.min(most, allowed * 2) : 1;
        obstacle = null;
    }

    /** Whether anything was answered since. */
    boolean hasAnsweredSince(Instant then) {
        return answered.isAfter(then);
    }

    /**
     * A call, or a probe, failed because the API server is away or overloaded.
     *
     * @param started when it was sent: answers since then, to whatever call, say more than its failure
     * @return whether it tells of an outage that concerns every call
     */
    boolean away(Failure failure, Instant started, Instant now) {
        if (hasAnsweredSince(started)) {
            return false;
        }
        // those that were sent before the pause began tell of the same outage
        if (obstacle == null || started.isAfter(pausedAt)) {
            failures++;
            pausedAt = now;
            obstacle = failure.reason();
            until = now.plus(backoff.before("the API server", failures));
        }
        var wished = now.plus(failure.retryAfter());
        until = until.isBefore(wished) ? wished : until;
        return true;
    }
}
