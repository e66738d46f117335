package dev.sluice.gate.core;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which targets the clock has to wake, and when: milliseconds of broker time. */
final class Agenda {
    private final TreeMap<Long, Set<TargetKey>> byTime = new TreeMap<>();
    private final Map<TargetKey, Long> times = new HashMap<>();

    /** Replaces the target's entry; {@link Long#MAX_VALUE} for none. */
    void set(TargetKey key, long millis) {
        var former = times.remove(key);
        if (former != null) {
            byTime.computeIfPresent(former, (time, keys) -> {
                keys.remove(key);
                return keys.isEmpty() ? null : keys;
            });
        }
        if (millis != Long.MAX_VALUE) {
            times.put(key, millis);
            byTime.computeIfAbsent(millis, time -> new LinkedHashSet<>()).add(key);
        }
    }

    /** Takes out one target whose time has come; null when there is none. */
    TargetKey poll(long clock) {
        if (earliest() > clock) {
            return null;
        }
        var key = byTime.firstEntry().getValue().iterator().next();
        set(key, Long.MAX_VALUE);
        return key;
    }

    long earliest() {
        return byTime.isEmpty() ? Long.MAX_VALUE : byTime.firstKey();
    }
}
