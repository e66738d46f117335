package dev.sluice.gate.http;

import dev.sluice.access.OpenEntrance;
import dev.sluice.gate.alert.Monitors;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/** Webhooks of monitors that have a token of their own: many can send no other, and {@link AlertsIn} looks at it. */
@Singleton
class MonitorEntrance implements OpenEntrance {
    private static final String PREFIX = "/api/alerts/";
    private static final Pattern WEBHOOKS = OpenEntrance.paths(PREFIX + "*");

    private final Monitors monitors;

    MonitorEntrance(Monitors monitors) {
        this.monitors = monitors;
    }

    @Override
    public boolean isOpen(String method, String path) {
        return method.equals("POST")
                && WEBHOOKS.matcher(path).matches()
                && monitors.named(path.substring(PREFIX.length()))
                        .filter(monitor -> monitor.token() != null)
                        .isPresent();
    }
}
