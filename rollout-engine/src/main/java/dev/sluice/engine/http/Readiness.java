package dev.sluice.engine.http;

import dev.sluice.engine.shell.Engine;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Ready once the engine takes part: topics there, member of the group, relay at work. The database has its own check. */
@org.eclipse.microprofile.health.Readiness
@ApplicationScoped
class Readiness implements HealthCheck {
    private final Engine engine;

    Readiness(Engine engine) {
        this.engine = engine;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("engine");
        engine.heldByTransactions()
                .forEach((partition, producer) ->
                        response.withData(partition.toString(), "commands wait for the transaction of " + producer));
        return engine.obstacle()
                .map(reason -> response.down().withData("reason", reason))
                .orElseGet(response::up)
                .build();
    }
}
