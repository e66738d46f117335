package dev.sluice.triggers.http;

import dev.sluice.triggers.kafka.Reach;
import dev.sluice.triggers.kubernetes.Watcher;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once it is known what runs and resources are watched. Outages are waited for: none of them needs a restart. */
@Readiness
@Singleton
class Ready implements HealthCheck {
    private final Reach reach;
    private final Watcher watcher;

    Ready(Reach reach, Watcher watcher) {
        this.reach = reach;
        this.watcher = watcher;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("triggers")
                .status(reach.isThere() && watcher.obstacle().isEmpty());
        if (!reach.isThere()) {
            response.withData("statuses", "not read to their end yet");
        }
        watcher.obstacle().ifPresent(words -> response.withData("resources", words));
        return response.build();
    }
}
