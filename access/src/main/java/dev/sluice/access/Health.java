package dev.sluice.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.Pattern;

/** What kubelets and, where that is wanted, Prometheus ask for. */
@ApplicationScoped
class Health implements OpenEntrance {
    private static final Pattern HEALTH =
            OpenEntrance.paths("/q/health", "/q/health/live", "/q/health/ready", "/q/health/started");
    private static final Pattern METRICS = OpenEntrance.paths("/q/metrics");

    private final AccessConfig config;

    Health(AccessConfig config) {
        this.config = config;
    }

    @Override
    public boolean isOpen(String method, String path) {
        return method.equals("GET")
                && (HEALTH.matcher(path).matches()
                        || (config.openMetrics() && METRICS.matcher(path).matches()));
    }
}
