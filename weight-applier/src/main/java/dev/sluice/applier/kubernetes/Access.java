package dev.sluice.applier.kubernetes;

import dev.sluice.applier.config.ApplierSettings;
import dev.sluice.applier.config.ClusterSettings;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How an API server is reached.
 *
 * @param clusters the names of what it serves: orders may call one API server by several, and then it is one, with one limit
 * @param concurrency calls of routes under way at once
 */
public record Access(Set<String> clusters, Kubeconfig kubeconfig, int concurrency) {
    public Access {
        clusters = Set.copyOf(clusters);
    }

    /** For people and meters. */
    public String name() {
        return String.join(",", new TreeSet<>(clusters));
    }

    /**
     * One for each API server.
     *
     * @throws IllegalArgumentException saying what to correct
     */
    static List<Access> of(Collection<ClusterSettings> clusters, ApplierSettings settings) {
        var shared = new LinkedHashMap<Kubeconfig, Map<String, Integer>>();
        for (var cluster : clusters) {
            var concurrency = cluster.concurrency().orElse(settings.kubernetes().concurrency());
            shared.computeIfAbsent(Kubeconfig.of(cluster), first -> new LinkedHashMap<>())
                    .put(cluster.name(), concurrency);
        }
        return shared.entrySet().stream()
                .map(one -> of(one.getKey(), one.getValue()))
                .toList();
    }

    private static Access of(Kubeconfig kubeconfig, Map<String, Integer> concurrencies) {
        var limits = concurrencies.values().stream().collect(Collectors.toSet());
        if (limits.size() > 1) {
            throw new IllegalArgumentException("clusters " + new TreeSet<>(concurrencies.keySet())
                    + " are on one API server (" + kubeconfig + "), so they have one limit: give all of them the same"
                    + " concurrency, not " + concurrencies);
        }
        return new Access(concurrencies.keySet(), kubeconfig, limits.iterator().next());
    }
}
