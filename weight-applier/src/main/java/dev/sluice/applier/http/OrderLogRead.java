package dev.sluice.applier.http;

import dev.sluice.applier.kafka.OrderLog;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the order log has been read, and all of it was understood: before that nothing is written. */
@Readiness
@ApplicationScoped
class OrderLogRead implements HealthCheck {
    private final OrderLog log;

    OrderLogRead(OrderLog log) {
        this.log = log;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("order log is read");
        return log.obstacle()
                .map(reason -> response.down().withData("reason", reason))
                .orElseGet(() -> response.status(log.isCaughtUp()))
                .build();
    }
}
