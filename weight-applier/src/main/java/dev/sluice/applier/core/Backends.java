package dev.sluice.applier.core;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What is known of a route's Services.
 *
 * @param ready ready endpoints by backend; a backend without a key isn't known
 * @param missing Services that the last look found not to exist; their names
 * @param emptySince since when every look has found the order's active backend without a ready endpoint; null where one
 *     has one, or nothing was looked at
 * @param lookedAt the last look
 */
record Backends(Map<String, Integer> ready, Set<String> missing, Instant emptySince, Instant lookedAt) {
    static final Backends UNKNOWN = new Backends(Map.of(), Set.of(), null, null);

    Backends {
        ready = Map.copyOf(ready);
        missing = Set.copyOf(missing);
    }

    /** A watch showed endpoints. */
    Backends seen(Map<String, Integer> some, String active) {
        var isServing = active != null && some.getOrDefault(active, 0) > 0;
        var since = isServing ? null : emptySince;
        return new Backends(merged(some), missing, since, lookedAt);
    }

    Backends looked(Map<String, Integer> some, Set<String> absent, String active, Instant at) {
        var isEmpty = active != null && some.getOrDefault(active, 1) == 0;
        var since = !isEmpty ? null : emptySince == null ? at : emptySince;
        return new Backends(merged(some), absent, since, at);
    }

    /** Under a newer order the looks begin anew. */
    Backends anew() {
        return new Backends(ready, missing, null, lookedAt);
    }

    private Map<String, Integer> merged(Map<String, Integer> some) {
        var all = new HashMap<>(ready);
        all.putAll(some);
        return all;
    }
}
