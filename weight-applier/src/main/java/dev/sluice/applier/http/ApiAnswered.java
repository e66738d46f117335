package dev.sluice.applier.http;

import dev.sluice.applier.kubernetes.Discovery;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the API server has answered; a later outage is the routes' to wait for, and no reason to be replaced. */
@Readiness
@ApplicationScoped
class ApiAnswered implements HealthCheck {
    private final Discovery discovery;
    private volatile boolean answered;

    ApiAnswered(Discovery discovery) {
        this.discovery = discovery;
    }

    @Override
    public HealthCheckResponse call() {
        answered = answered || discovery.answers();
        return HealthCheckResponse.named("API server has answered")
                .status(answered)
                .build();
    }
}
