package dev.sluice.triggers.http;

import dev.sluice.triggers.hook.RulesInForce;
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
    private final RulesInForce rules;

    Ready(Reach reach, Watcher watcher, RulesInForce rules) {
        this.reach = reach;
        this.watcher = watcher;
        this.rules = rules;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("triggers")
                .status(reach.isThere() && watcher.obstacle().isEmpty());
        if (!reach.isThere()) {
            response.withData("statuses", "not read to their end yet");
        }
        watcher.obstacle().ifPresent(words -> response.withData("resources", words));
        // the rules before are in force meanwhile
        rules.obstacle().ifPresent(words -> response.withData("rules", words));
        return response.build();
    }
}
