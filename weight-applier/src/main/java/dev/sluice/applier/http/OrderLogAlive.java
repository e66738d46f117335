package dev.sluice.applier.http;

import dev.sluice.applier.kafka.OrderLog;
import dev.sluice.applier.kafka.ReportLog;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** An outage of Kafka or the API server is waited for; only a dead thread needs a restart. */
@Liveness
@ApplicationScoped
class OrderLogAlive implements HealthCheck {
    private final OrderLog log;
    private final ReportLog reports;

    OrderLogAlive(OrderLog log, ReportLog reports) {
        this.log = log;
        this.reports = reports;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("order log's reader and report log's writer")
                .status(log.isAlive() && reports.isAlive())
                .build();
    }
}
