package dev.sluice.applier.shell;

import dev.sluice.applier.mesh.RouteIdentity;
import dev.sluice.schemas.message.WeightOrder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Which routes an object or a Service concerns: several clusters' routes may be on one API, several routes in one object. */
final class RouteIndex {
    private final Map<String, Set<RouteActor>> byKey = new ConcurrentHashMap<>();

    void add(WeightOrder order, RouteActor actor) {
        keys(order)
                .forEach(key -> byKey.computeIfAbsent(key, fresh -> ConcurrentHashMap.newKeySet())
                        .add(actor));
    }

    void remove(RouteActor actor) {
        byKey.values().removeIf(actors -> actors.remove(actor) && actors.isEmpty());
    }

    Set<RouteActor> ofObject(String namespace, String kind, String name) {
        return byKey.getOrDefault(object(namespace, kind, name), Set.of());
    }

    Set<RouteActor> ofService(String namespace, String service) {
        return byKey.getOrDefault(service(namespace, service), Set.of());
    }

    private static List<String> keys(WeightOrder order) {
        var services = Stream.of(order.active(), order.canary()).map(name -> service(order.namespace(), name));
        var object = RouteIdentity.parse(order.route()).stream()
                .map(route -> object(route.namespace(), route.kind(), route.name()));
        return Stream.concat(services, object).toList();
    }

    private static String object(String namespace, String kind, String name) {
        return namespace + "/" + kind + "/" + name;
    }

    private static String service(String namespace, String name) {
        return namespace + "/" + name;
    }
}
