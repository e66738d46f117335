package dev.sluice.access;

import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** On every answer, unless whoever answers has said otherwise: what a browser may not do with it. */
final class SecurityHeaders {
    private static final Map<String, String> HEADERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Cache-Control", "no-store");
    private static final String ONLY_TLS = "Strict-Transport-Security";

    private SecurityHeaders() {}

    static void addTo(RoutingContext context) {
        var isTls = context.request().isSSL();
        context.addHeadersEndHandler(ignored -> {
            var answer = context.response().headers();
            HEADERS.forEach((name, value) -> {
                if (!answer.contains(name)) {
                    answer.set(name, value);
                }
            });
            if (isTls && !answer.contains(ONLY_TLS)) {
                answer.set(ONLY_TLS, "max-age=31536000");
            }
        });
    }
}
