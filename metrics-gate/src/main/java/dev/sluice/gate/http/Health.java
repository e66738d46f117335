package dev.sluice.gate.http;

import dev.sluice.gate.kafka.FormatsChannel;
import dev.sluice.gate.kafka.GateService;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the analyses are read and the gate polls for events; alive unless its loop hangs. */
class Health {
    private static final Duration HANGS_AFTER = Duration.ofMinutes(2);
    private static final String NAME = "metrics-gate";

    private Health() {}

    @Readiness
    @Singleton
    static class Ready implements HealthCheck {
        private final GateService gate;
        private final FormatsChannel formats;

        Ready(GateService gate, FormatsChannel formats) {
            this.gate = gate;
            this.formats = formats;
        }

        @Override
        public HealthCheckResponse call() {
            var failure = gate.failure();
            var response = HealthCheckResponse.named(NAME).status(gate.lastTurn() != null && failure == null);
            if (failure != null) {
                response.withData("failure", failure);
            }
            // no pass comes meanwhile, yet all else is judged
            var handOver = formats.failure();
            if (handOver != null) {
                response.withData("hand-over", handOver);
            }
            return response.build();
        }
    }

    @Liveness
    @Singleton
    static class Alive implements HealthCheck {
        private final GateService gate;
        private final Clock clock = Clock.systemUTC();

        Alive(GateService gate) {
            this.gate = gate;
        }

        @Override
        public HealthCheckResponse call() {
            if (gate.isDead()) {
                return HealthCheckResponse.named(NAME)
                        .down()
                        .withData("failure", "the thread that judges has died")
                        .build();
            }
            var last = gate.lastTurn();
            var hangs = last != null && last.plus(HANGS_AFTER).isBefore(clock.instant());
            return HealthCheckResponse.named(NAME).status(!hangs).build();
        }
    }
}
