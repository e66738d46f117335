package dev.sluice.applier.http;

import dev.sluice.applier.kubernetes.Clusters;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Tells the truth now, not that it was once true. Routes wait for an outage's end; nothing needs to be restarted. */
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
        var health = clusters.all().getFirst().health();
        health.missingRights().forEach(response::withData);
        return health.obstacle()
                .map(reason -> response.down().withData("reason", reason))
                .orElseGet(response::up)
                .build();
    }
}
