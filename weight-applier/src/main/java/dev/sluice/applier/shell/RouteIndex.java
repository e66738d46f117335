package dev.sluice.applier.shell;

import dev.sluice.applier.mesh.Meshes.Match;
import dev.sluice.applier.mesh.Workload;
import dev.sluice.schemas.message.WeightOrder;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Which routes an object or a Service concerns: several clusters' routes may be on one API, several routes in one object.
 *
 * @param <A> whoever is told for a route
 */
final class RouteIndex<A> {
    private final Map<String, Set<A>> byKey = new ConcurrentHashMap<>();
    private final Map<A, Set<String>> keysOf = new ConcurrentHashMap<>();

    /** @param match what the order's route is made of, and whose endpoints count for it */
    void add(WeightOrder order, Match match, A actor) {
        var known = keysOf.computeIfAbsent(actor, fresh -> ConcurrentHashMap.newKeySet());
        keys(order, match).filter(known::add).forEach(key -> byKey.compute(key, (same, actors) -> and(actors, actor)));
    }

    void remove(A actor) {
        var keys = keysOf.remove(actor);
        if (keys != null) {
            keys.forEach(key -> byKey.computeIfPresent(key, (same, actors) -> without(actors, actor)));
        }
    }

    private static <A> Set<A> and(Set<A> actors, A actor) {
        var more = new HashSet<>(actors == null ? Set.of() : actors);
        more.add(actor);
        return Set.copyOf(more);
    }

    private static <A> Set<A> without(Set<A> actors, A actor) {
        var fewer = new HashSet<>(actors);
        fewer.remove(actor);
        return fewer.isEmpty() ? null : Set.copyOf(fewer);
    }

    Set<A> ofObject(String namespace, String kind, String name) {
        return byKey.getOrDefault(object(namespace, kind, name), Set.of());
    }

    Set<A> ofService(String namespace, String service) {
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
