package dev.sluice.applier.kubernetes;

import dev.sluice.applier.core.Annotations;
import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.RouteIdentity;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which route each object is served for. Rules of one object are routes beside each other; two identities of one object
 * are not: several clusters' names may stand for one API server, so that {@code prod-us/shop/…/checkout} and
 * {@code prod-eu/shop/…/checkout} are the same object, and would fight over it for ever (B40). Whoever came first keeps it
 * until it is released or forgotten; across restarts, and beside other instances, the object's own fence tells.
 */
final class Owners {
    private static final String FENCE = "sluice.dev/fence-";

    private final Map<RouteIdentity, String> routes = new HashMap<>();

    /** Takes the object for this route; says whose it is where that is another's, in words. */
    synchronized Optional<String> other(String route, Document document) {
        var parsed = RouteIdentity.parse(route);
        if (parsed.isEmpty() || parsed.get().rule() != null) {
            return Optional.empty();
        }
        var key = object(parsed.get());
        var holder = routes.get(key);
        if (holder == null) {
            var foreign = foreignFence(route, document);
            if (foreign.isEmpty()) {
                routes.put(key, route);
            }
            return foreign;
        }
        return holder.equals(route) ? Optional.empty() : Optional.of("route " + holder);
    }

    private static Optional<String> foreignFence(String route, Document document) {
        var own = Annotations.fenceKey(route);
        if (!(document.at("metadata", "annotations") instanceof Map<?, ?> annotations)
                || annotations.containsKey(own)) {
            return Optional.empty();
        }
        return annotations.keySet().stream()
                .map(Object::toString)
                .filter(key -> key.startsWith(FENCE))
                .findFirst()
                .map(key -> "another route, whose fence it carries (if that route is gone, remove the annotation " + key
                        + ")");
    }

    synchronized void letGo(String route) {
        RouteIdentity.parse(route).map(Owners::object).ifPresent(key -> routes.remove(key, route));
    }

    private static RouteIdentity object(RouteIdentity route) {
        return new RouteIdentity("", route.namespace(), route.kind(), route.name(), null);
    }
}
