package dev.sluice.engine.shell;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Topics that could not be written lately: each is left out for a while that doubles with every failure in a row. */
final class Avoided {
    private record Failing(int times, long untilNanos) {}

    private final Duration first;
    private final Duration longest;
    private final Map<String, Failing> failing = new HashMap<>();

    Avoided(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    void add(String topic, long nowNanos) {
        var times = failing.containsKey(topic) ? failing.get(topic).times() + 1 : 1;
        var doubled = first.multipliedBy(1L << Math.min(times - 1, 20));
        var wait = doubled.compareTo(longest) < 0 ? doubled : longest;
        failing.put(topic, new Failing(times, nowNanos + wait.toNanos()));
    }

    void forget(String topic) {
        failing.remove(topic);
    }

    /** Those still to be left out; one whose time is over is tried again. */
    List<String> now(long nowNanos) {
        return failing.entrySet().stream()
                .filter(entry -> entry.getValue().untilNanos() - nowNanos > 0)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
