package dev.sluice.applier.http;

import dev.sluice.applier.kafka.OrderLog;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** An outage of Kafka or the API server is waited for; only a dead reader needs a restart. */
@Liveness
@ApplicationScoped
class OrderLogAlive implements HealthCheck {
    private final OrderLog log;

    OrderLogAlive(OrderLog log) {
        this.log = log;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("order log's reader")
                .status(log.isAlive())
                .build();
    }
}
