package dev.sluice.dashboard.http;

import dev.sluice.dashboard.kafka.Reaches;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Ready once all statuses have been read. It stays so where Kafka goes away, or the engine: an old picture that says how old it is
 * serves people better than none.
 */
@org.eclipse.microprofile.health.Readiness
@ApplicationScoped
class Readiness implements HealthCheck {
    private final Reaches reaches;

    Readiness(Reaches reaches) {
        this.reaches = reaches;
    }

    @Override
    public HealthCheckResponse call() {
        var asOf = reaches.asOf();
        var response = HealthCheckResponse.named("dashboard").status(asOf != null);
        return asOf == null
                ? response.withData("reason", "the statuses have not been read yet")
                        .build()
                : response.withData("as-of", asOf.toString())
                        .withData("history", reaches.hasHistory() ? "read" : "being read")
                        .build();
    }
}
