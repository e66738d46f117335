package dev.sluice.applier.http;

import dev.sluice.applier.kafka.OrderLog;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the order log has been read: before that nothing is written. */
@Readiness
@ApplicationScoped
class OrderLogRead implements HealthCheck {
    private final OrderLog log;

    OrderLogRead(OrderLog log) {
        this.log = log;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("order log is read")
                .status(log.isCaughtUp())
                .build();
    }
}
