package dev.sluice.applier.kubernetes;

import java.util.Set;
import java.util.TreeSet;

/**
 * How an API server is reached.
 *
 * @param clusters the names of what it serves: orders call one API server by several where they like
 * @param concurrency calls of routes under way at once
 */
public record Access(Set<String> clusters, int concurrency) {
    public Access {
        clusters = Set.copyOf(clusters);
    }

    /** For people and meters. */
    public String name() {
        return String.join(",", new TreeSet<>(clusters));
    }
}
