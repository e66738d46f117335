package dev.sluice.gate.core;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;

/** Which targets the clock has to wake, and when: milliseconds of broker time. */
final class Agenda {
    private final TreeMap<Long, Set<TargetWindows>> byTime = new TreeMap<>();

    /** Replaces the target's entry; {@link Long#MAX_VALUE} for none. Nearly always it is what it was. */
    void set(TargetWindows target, long millis) {
        var former = target.dueMillis();
        if (former == millis) {
            return;
        }
        target.dueAt(millis);
        if (former != Long.MAX_VALUE) {
            byTime.computeIfPresent(former, (time, targets) -> {
                targets.remove(target);
                return targets.isEmpty() ? null : targets;
            });
        }
        if (millis != Long.MAX_VALUE) {
            byTime.computeIfAbsent(millis, time -> new LinkedHashSet<>()).add(target);
        }
    }

    /** Takes out one target whose time has come; null when there is none. */
    TargetWindows poll(long clock) {
        if (earliest() > clock) {
            return null;
        }
        var target = byTime.firstEntry().getValue().iterator().next();
        set(target, Long.MAX_VALUE);
        return target;
    }

    long earliest() {
        return byTime.isEmpty() ? Long.MAX_VALUE : byTime.firstKey();
    }
}
