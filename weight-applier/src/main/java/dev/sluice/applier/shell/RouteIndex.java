package dev.sluice.applier.shell;

import dev.sluice.applier.mesh.Meshes.Match;
import dev.sluice.applier.mesh.Workload;
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

    /** @param match what the order's route is made of, and whose endpoints count for it */
    void add(WeightOrder order, Match match, RouteActor actor) {
        var known = keysOf.computeIfAbsent(actor, fresh -> ConcurrentHashMap.newKeySet());
        keys(order, match).filter(known::add).forEach(key -> byKey.compute(key, (same, actors) -> and(actors, actor)));
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

    private static Stream<String> keys(WeightOrder order, Match match) {
        return switch (match) {
            case Match.None none -> Stream.empty();
            case Match.Found found ->
                Stream.concat(
                        Stream.concat(
                                        found.objects(order).stream(),
                                        Workload.of(order).values().stream().map(Workload::ref))
                                .map(ref -> object(ref.namespace(), ref.kind().name(), ref.name())),
                        found.mesh().watched(order).stream().map(name -> service(order.namespace(), name)));
        };
    }

    private static String object(String namespace, String kind, String name) {
        return namespace + "/" + kind + "/" + name;
    }

    private static String service(String namespace, String name) {
        return namespace + "/" + name;
    }
}
