package dev.sluice.access;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/** A service behind the door: what it does is to say who got in. */
@ApplicationScoped
class Entrances implements OpenEntrance {
    private static final Pattern OPEN = OpenEntrance.paths("/api/open/*", "/api/open/*/callback");

    void serve(@Observes Router router) {
        router.route("/api/who/*").handler(Entrances::who);
        router.route("/api/open/*").handler(context -> context.end("open"));
        router.post("/api/body")
                .handler(context -> context.request()
                        .body()
                        .onSuccess(body -> context.end(Caller.of(context).name() + " sent " + body.length())));
    }

    private static void who(RoutingContext context) {
        context.end(Caller.of(context).name());
    }

    @Override
    public boolean isOpen(String method, String path) {
        return OPEN.matcher(path).matches();
    }
}
