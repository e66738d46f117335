package dev.sluice.applier.http;

import dev.sluice.applier.kubernetes.Cluster;
import dev.sluice.applier.kubernetes.Clusters;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells the truth now, not that it was once true, of each API server by the names of its clusters. Not ready is an applier
 * that can do nothing at all: one cluster's outage says nothing about the others, whose releases shall go on.
 */
@Readiness
@ApplicationScoped
class ApiAnswers implements HealthCheck {
    private final Clusters clusters;

    ApiAnswers(Clusters clusters) {
        this.clusters = clusters;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("API server answers");
        clusters.all().forEach(cluster -> tell(cluster, response));
        var isAnyThere = clusters.all().stream()
                .anyMatch(cluster -> cluster.health().obstacle().isEmpty());
        return response.status(isAnyThere).build();
    }

    private static void tell(Cluster cluster, HealthCheckResponseBuilder response) {
        var name = cluster.access().name();
        cluster.health().missingRights().forEach((what, words) -> response.withData(name + ": " + what, words));
        cluster.health().obstacle().ifPresent(reason -> response.withData(name, reason));
    }
}
