package dev.sluice.applier.core;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What is known of a route's Services.
 *
 * @param endpoints by backend; a backend without a key isn't known
 * @param missing Services that the last look found not to exist; their names
 * @param blind why the last look could not count some; null where it could
 * @param emptySince since when every look has found the order's active backend without a ready endpoint; null where one
 *     has one, or nothing was looked at
 * @param lookedAt the last look
 * @param running what the last look found to run behind them
 * @param news backends of which a watch told since the call under way was made: its answer may be older than that
 */
record Backends(
        Map<String, EndpointCount> endpoints,
        Set<String> missing,
        String blind,
        Instant emptySince,
        Instant lookedAt,
        Map<String, Running> running,
        Set<String> news) {
    static final Backends UNKNOWN = new Backends(Map.of(), Set.of(), null, null, null, Map.of(), Set.of());

    Backends {
        endpoints = Map.copyOf(endpoints);
        missing = Set.copyOf(missing);
        running = Map.copyOf(running);
        news = Set.copyOf(news);
    }

    /** A watch showed endpoints. */
    Backends seen(Map<String, EndpointCount> some, String active) {
        var isServing =
                active != null && some.getOrDefault(active, EndpointCount.NONE).ready() > 0;
        var since = isServing ? null : emptySince;
        var told = new HashSet<>(news);
        told.addAll(some.keySet());
        return new Backends(merged(some), missing, blind, since, lookedAt, running, told);
    }

    /** A call is made. */
    Backends asking() {
        return new Backends(endpoints, missing, blind, emptySince, lookedAt, running, Set.of());
    }

    /** A backend that the look leaves out could not be counted. */
    Backends looked(Decision.LookedAt look, String active) {
        var some = look.endpoints();
        var at = look.at();
        var believed = new HashMap<>(some);
        believed.keySet().removeAll(news);
        var all = merged(believed);
        // a count that this look could not read says nothing, however empty it was before
        var isTold = active != null && (some.containsKey(active) || news.contains(active));
        var isEmpty = isTold && all.containsKey(active) && all.get(active).ready() == 0;
        var since = !isEmpty ? null : emptySince == null ? at : emptySince;
        return new Backends(all, look.missing(), look.blind(), since, at, look.running(), Set.of());
    }

    /**
     * Under a newer order the looks begin anew.
     *
     * @param asksTheSame whether what runs is asked of the same workloads by the same revision: it was read by that
     */
    Backends anew(boolean asksTheSame) {
        return new Backends(endpoints, missing, blind, null, lookedAt, asksTheSame ? running : Map.of(), news);
    }

    private Map<String, EndpointCount> merged(Map<String, EndpointCount> some) {
        var all = new HashMap<>(endpoints);
        all.putAll(some);
        return all;
    }
}
