package dev.sluice.dashboard.http;

import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** Every place of the page has an address of its own; all of them are the one page, which reads its address. */
class PageLinks {
    private static final List<String> PLACES =
            List.of("/rollouts", "/rollouts/*", "/applications/*", "/freezes", "/fleet");

    void add(@Observes Router router) {
        PLACES.forEach(place -> router.get(place).handler(request -> request.reroute("/index.html")));
    }
}
