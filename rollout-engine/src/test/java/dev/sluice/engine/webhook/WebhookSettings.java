package dev.sluice.engine.webhook;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** What the calls of a {@code @QuarkusTest} may do: they go to servers beside it, and few at a time. */
public final class WebhookSettings implements QuarkusTestResourceLifecycleManager {
    public static final int IN_FLIGHT = 4;
    public static final int PER_HOST = 2;
    public static final String SECRET = "hunter2-of-the-tests";

    @Override
    public Map<String, String> start() {
        return Map.of(
                "sluice.webhooks.networks",
                "127.0.0.0/8",
                "sluice.webhooks.in-flight",
                Integer.toString(IN_FLIGHT),
                "sluice.webhooks.per-host",
                Integer.toString(PER_HOST),
                "sluice.webhooks.sweep",
                "100ms",
                "sluice.secrets.test-token",
                SECRET);
    }

    @Override
    public void stop() {}
}
