package dev.sluice.dashboard.http;

import dev.sluice.dashboard.config.DashboardConfig;
import dev.sluice.dashboard.core.Feed;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The one memory that channels write and streams read. */
class Memory {
    @Produces
    @Singleton
    static Feed feed(DashboardConfig config, Waiters waiters) {
        return new Feed(config.dashboard().memory().bounds(), waiters::wake);
    }
}
