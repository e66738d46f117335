package dev.sluice.engine.shell;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The one place that time comes from. */
class SystemTime {
    @Produces
    @Singleton
    static Clock clock() {
        return Clock.systemUTC();
    }
}
