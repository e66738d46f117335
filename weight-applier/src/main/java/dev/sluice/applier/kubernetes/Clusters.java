package dev.sluice.applier.kubernetes;

import dev.sluice.applier.config.ApplierSettings;
import dev.sluice.applier.config.ClusterSettings;
import dev.sluice.applier.mesh.Meshes;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** The API servers that this applier serves, each by itself. */
@ApplicationScoped
public class Clusters {
    private final List<Cluster> all;
    private final MeterRegistry registry;

    Clusters(
            ApplierSettings settings,
            Config config,
            Meshes meshes,
            ClusterClient clients,
            MeterRegistry registry,
            Clock clock) {
        this.registry = registry;
        all = Access.of(ClusterSettings.of(settings, config), settings).stream()
                .map(access -> new Cluster(
                        access, settings, meshes, new ClusterMeters(registry, access.name()), clients, clock))
                .toList();
    }

    public List<Cluster> all() {
        return all;
    }

    void start(@Observes StartupEvent event) {
        all.forEach(Cluster::start);
    }

    @PreDestroy
    void stop() {
        all.forEach(Cluster::close);
        // gauges of what is gone would stand in the way of those of the next application in the same process: a test's
        registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("sluice.applier."))
                .forEach(registry::remove);
    }
}
