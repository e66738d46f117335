package dev.sluice.applier.shell;

import dev.sluice.applier.mesh.RouteIdentity;
import dev.sluice.schemas.message.WeightOrder;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Which routes an object or a Service concerns: several clusters' routes may be on one API, several routes in one object. */
final class RouteIndex {
    private final Map<String, Set<RouteActor>> byKey = new ConcurrentHashMap<>();
    private final Map<RouteActor, Set<String>> keysOf = new ConcurrentHashMap<>();

    void add(WeightOrder order, RouteActor actor) {
        var known = keysOf.computeIfAbsent(actor, fresh -> ConcurrentHashMap.newKeySet());
        keys(order).filter(known::add).forEach(key -> byKey.compute(key, (same, actors) -> and(actors, actor)));
    }

    void remove(RouteActor actor) {
        var keys = keysOf.remove(actor);
        if (keys != null) {
            keys.forEach(key -> byKey.computeIfPresent(key, (same, actors) -> without(actors, actor)));
        }
    }

    private static Set<RouteActor> and(Set<RouteActor> actors, RouteActor actor) {
        var more = new HashSet<>(actors == null ? Set.of() : actors);
        more.add(actor);
        return Set.copyOf(more);
    }

    private static Set<RouteActor> without(Set<RouteActor> actors, RouteActor actor) {
        var fewer = new HashSet<>(actors);
        fewer.remove(actor);
        return fewer.isEmpty() ? null : Set.copyOf(fewer);
    }

    Set<RouteActor> ofObject(String namespace, String kind, String name) {
        return byKey.getOrDefault(object(namespace, kind, name), Set.of());
    }

    Set<RouteActor> ofService(String namespace, String service) {
        return byKey.getOrDefault(service(namespace, service), Set.of());
    }

    private static Stream<String> keys(WeightOrder order) {
        var services = Stream.of(order.active(), order.canary()).map(name -> service(order.namespace(), name));
        var object = RouteIdentity.parse(order.route()).stream()
                .map(route -> object(route.namespace(), route.kind(), route.name()));
        return Stream.concat(services, object);
    }

    private static String object(String namespace, String kind, String name) {
        return namespace + "/" + kind + "/" + name;
    }

    private static String service(String namespace, String name) {
        return namespace + "/" + name;
    }
}
