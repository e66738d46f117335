package dev.sluice.notifier.http;

import dev.sluice.notifier.delivery.Lanes;
import dev.sluice.notifier.kafka.StatusChannel;
import dev.sluice.notifier.ledger.Books;
import dev.sluice.notifier.rules.RulesInForce;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the ledger is read and statuses are looked at. An outage is waited for; only a dead thread needs a restart. */
class Health {
    private static final String NAME = "notifier";

    private Health() {}

    @Readiness
    @Singleton
    static class Ready implements HealthCheck {
        private final Books books;
        private final StatusChannel statuses;
        private final RulesInForce rules;

        Ready(Books books, StatusChannel statuses, RulesInForce rules) {
            this.books = books;
            this.statuses = statuses;
            this.rules = rules;
        }

        @Override
        public HealthCheckResponse call() {
            var response = HealthCheckResponse.named(NAME)
                    .status(books.areRead() && statuses.obstacle().isEmpty());
            books.obstacle().ifPresent(words -> response.withData("ledger", words));
            statuses.obstacle().ifPresent(words -> response.withData("statuses", words));
            // the rules before are in force meanwhile
            rules.obstacle().ifPresent(words -> response.withData("rules", words));
            return response.build();
        }
    }

    @Liveness
    @Singleton
    static class Alive implements HealthCheck {
        private final Lanes lanes;

        Alive(Lanes lanes) {
            this.lanes = lanes;
        }

        @Override
        public HealthCheckResponse call() {
            return HealthCheckResponse.named(NAME).status(lanes.areAlive()).build();
        }
    }
}
