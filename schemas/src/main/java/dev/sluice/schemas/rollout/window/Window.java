package dev.sluice.schemas.rollout.window;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** One of a rollout file's {@code windows}; binds its invokers alone. */
public sealed interface Window {
    /** Each once, at least one. */
    List<Invoker> invokers();

    default boolean binds(Invoker invoker) {
        return invokers().contains(invoker);
    }

    /**
     * Weights may go up inside it.
     *
     * @param cron when it opens by the zone's clock: {@link Cron}
     * @param duration how long it stays open, in time that passes: a clock that is put forward meanwhile doesn't shorten it
     */
    record Allow(String cron, Duration duration, ZoneId zone, List<Invoker> invokers) implements Window {
        public Allow {
            invokers = each(invokers);
        }
    }

    /**
     * Weights may not go up within it.
     *
     * @param to the first moment after it
     * @param reason for people; null: none
     */
    record Freeze(Instant from, Instant to, String reason, List<Invoker> invokers) implements Window {
        public Freeze {
            invokers = each(invokers);
        }

        boolean covers(Instant at) {
            return !at.isBefore(from) && at.isBefore(to);
        }
    }

    private static List<Invoker> each(List<Invoker> said) {
        return said == null || said.isEmpty()
                ? List.of(Invoker.values())
                : said.stream().distinct().sorted().toList();
    }
}
