package dev.sluice.access;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps pages of other sites from sending what changes something. They have no token, for no cookie is one; but where access is off nobody
 * needs any, and a browser on that machine is somebody.
 */
@ApplicationScoped
class CrossSite {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final List<String> origins;
    private final boolean isOff;

    CrossSite(AccessConfig config) {
        this.isOff = config.mode() == AccessConfig.Mode.OFF;
        this.origins = config.origins().orElse(List.of()).stream()
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .toList();
    }

    Optional<Refusal> refusal(HttpServerRequest request) {
        if (isSafe(request)) {
            return Optional.empty();
        }
        var origin = request.getHeader("Origin");
        var site = request.getHeader("Sec-Fetch-Site");
        var isOwn = origin == null ? site == null || OWN_SITES.contains(site) : isOwn(request, origin);
        return isOwn
                ? Optional.empty()
                : Optional.of(Refusal.forbidden(
                        "A page of another site may not send this",
                        "Send it from elsewhere, or name the page's origin in sluice.access.origins"));
    }

    /** Whether it changes nothing. */
    static boolean isSafe(HttpServerRequest request) {
        return SAFE.contains(request.method().name());
    }

    private boolean isOwn(HttpServerRequest request, String origin) {
        var asked = request.authority();
        return origins.contains(origin.toLowerCase(Locale.ROOT))
                || (asked != null && asked.toString().equalsIgnoreCase(authority(origin)) && isTrusted(asked.host()));
    }

    /** Where nobody needs a token, a page may have led its own name to this machine's address (DNS rebinding). */
    private boolean isTrusted(String host) {
        return !isOff || THIS_MACHINE.contains(host.toLowerCase(Locale.ROOT));
    }

    private static String authority(String origin) {
        try {
            return URI.create(origin).getRawAuthority();
        } catch (IllegalArgumentException notOne) {
            return null;
        }
    }
}
