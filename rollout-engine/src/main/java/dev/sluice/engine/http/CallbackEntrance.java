package dev.sluice.engine.http;

import dev.sluice.access.OpenEntrance;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.Pattern;

/** Callbacks of webhooks: the token in their address is for one call, and all that whoever was called needs. */
@ApplicationScoped
class CallbackEntrance implements OpenEntrance {
    private static final Pattern CALLBACKS = OpenEntrance.paths("/api/webhooks/*", "/api/webhooks/*/callback");

    @Override
    public boolean isOpen(String method, String path) {
        return method.equals("POST") && CALLBACKS.matcher(path).matches();
    }
}
