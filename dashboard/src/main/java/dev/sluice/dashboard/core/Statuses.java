package dev.sluice.dashboard.core;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The newest status of each target. Where there are too many, those that ended first are left out, then the oldest. */
final class Statuses {
    /** So many at once, for finding them takes a look at all. */
    private static final int LEFT_OUT_PART = 100;

    private record Held(Told told, boolean ended, Instant updatedAt) {}

    private final Map<String, Held> held = new LinkedHashMap<>();
    private final int most;

    Statuses(int most) {
        this.most = most;
    }

    void put(Told told, boolean ended, Instant updatedAt) {
        held.put(told.key(), new Held(told, ended, updatedAt));
    }

    /** The application of the status that was there; null: none was. */
    String remove(String key) {
        var gone = held.remove(key);
        return gone == null ? null : gone.told.application();
    }

    boolean has(String key) {
        return held.containsKey(key);
    }

    /** Whether it is still the newest of its key. */
    boolean isNewest(Told told) {
        var newest = held.get(told.key());
        return newest != null && newest.told.equals(told);
    }

    Collection<Told> all() {
        return held.values().stream().map(Held::told).toList();
    }

    /** Keys to be left out, so that the rest are few enough. */
    List<String> surplus() {
        if (held.size() <= most) {
            return List.of();
        }
        return held.values().stream()
                .sorted(Comparator.comparing(Held::ended).reversed().thenComparing(Held::updatedAt))
                .limit(held.size() - most + most / LEFT_OUT_PART)
                .map(one -> one.told.key())
                .toList();
    }
}
