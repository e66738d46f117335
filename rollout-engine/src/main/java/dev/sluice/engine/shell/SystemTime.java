package dev.sluice.engine.shell;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneOffset;

/** The one place that time comes from. */
class SystemTime {
    /** In milliseconds: the database keeps microseconds, and a wake-up has to be found again as it was stored. */
    @Produces
    @Singleton
    static Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }
}
