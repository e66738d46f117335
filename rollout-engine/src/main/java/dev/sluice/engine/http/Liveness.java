package dev.sluice.engine.http;

import dev.sluice.engine.shell.Engine;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Not alive once a thread that nothing starts again is gone: only a restart helps then. */
@org.eclipse.microprofile.health.Liveness
@ApplicationScoped
class Liveness implements HealthCheck {
    private final Engine engine;

    Liveness(Engine engine) {
        this.engine = engine;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("engine-threads");
        return engine.deadThread()
                .map(reason -> response.down().withData("reason", reason))
                .orElseGet(response::up)
                .build();
    }
}
