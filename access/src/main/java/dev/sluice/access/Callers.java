package dev.sluice.access;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;

/** Whoever sent the request that is being answered. */
@ApplicationScoped
public class Callers {
    private final CurrentVertxRequest request;

    Callers(CurrentVertxRequest request) {
        this.request = request;
    }

    public Caller now() {
        return Caller.of(request.getCurrent());
    }
}
