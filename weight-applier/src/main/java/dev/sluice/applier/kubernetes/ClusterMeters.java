package dev.sluice.applier.kubernetes;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.ToDoubleFunction;

/** What is measured of one cluster: all of it carries the cluster's name, so that one of them can be told from another. */
public final class ClusterMeters {
    private final MeterRegistry registry;
    private final Tags tags;

    ClusterMeters(MeterRegistry registry, String cluster) {
        this.registry = registry;
        this.tags = Tags.of("cluster", cluster);
    }

    /** @param of is kept alive by whoever else needs it */
    public <T> void gauge(String name, T of, ToDoubleFunction<T> value) {
        registry.gauge(name, tags, of, value);
    }

    /** @param more tags, names and values by turns; the same names each time */
    public void count(String name, String... more) {
        registry.counter(name, tags.and(more)).increment();
    }
}
