package dev.sluice.gate.core;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many events of a target nobody could read, and when: so that a verdict without numbers can say why there are none. Counts
 * by the second and forgets the oldest, however many come.
 */
final class Refusals {
    private static final int SECONDS = 600;
    private static final long SECOND = 1000;

    private static final class Refused {
        private final long second;
        private long count;

        private Refused(long second) {
            this.second = second;
        }
    }

    private final Deque<Refused> bySecond = new ArrayDeque<>();
    private String latest;

    /** @param millis broker time */
    void add(long count, String reason, long millis) {
        var second = millis / SECOND;
        if (bySecond.isEmpty() || bySecond.getLast().second < second) {
            bySecond.add(new Refused(second));
        }
        bySecond.getLast().count += count;
        latest = reason;
        if (bySecond.size() > SECONDS) {
            bySecond.removeFirst();
        }
    }

    /** What is read again is counted again. */
    void clear() {
        bySecond.clear();
    }

    /** In words, of those since then; empty where there are none. */
    String since(long millis) {
        var count = bySecond.stream()
                .filter(refused -> refused.second >= millis / SECOND)
                .mapToLong(refused -> refused.count)
                .sum();
        if (count == 0) {
            return "";
        }
        return "; " + (count == 1 ? "an event" : count + " events")
                + " of this application and target went to the dead letters, the last one for: " + latest;
    }
}
