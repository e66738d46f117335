package dev.sluice.applier.kubernetes;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
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
    public <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value).description(description).tags(tags).register(registry);
    }

    /** @param more tags, names and values by turns; the same names each time */
    public Counter counter(String name, String description, String... more) {
        return Counter.builder(name)
                .description(description)
                .tags(tags.and(more))
                .register(registry);
    }

    /** @param bounds of the buckets that durations are counted in */
    public Timer timer(String name, String description, Duration... bounds) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(bounds)
                .register(registry);
    }
}
