package dev.sluice.applier.kubernetes;

import dev.sluice.applier.core.EndpointCount;
import dev.sluice.applier.core.Sight;
import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Kind;
import dev.sluice.applier.mesh.Marks;
import dev.sluice.applier.mesh.Mesh;
import dev.sluice.applier.mesh.Meshes;
import dev.sluice.applier.mesh.ObjectRef;
import dev.sluice.applier.mesh.RouteObjects;
import dev.sluice.schemas.message.WeightOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Turns documents into what the rules see, and keeps each route's latest ones: a write changes those and nothing else. */
public final class Sightings {
    private final Meshes meshes;
    private final Map<String, RouteObjects> latest = new ConcurrentHashMap<>();
    private final Owners owners = new Owners();

    public Sightings(Meshes meshes) {
        this.meshes = meshes;
    }

    /**
     * What a watch saw of one object; empty where that says nothing of the route: no mesh serves the order, or the rest of
     * its objects was never looked at.
     *
     * @param document null where it is gone
     */
    public Optional<Sight> see(WeightOrder order, Kind kind, String namespace, String name, Document document) {
        if (!(meshes.match(order) instanceof Meshes.Match.Found found)) {
            return Optional.empty();
        }
        var seen = new ObjectRef(kind, kind.isNamespaced() ? namespace : "", name);
        return Optional.ofNullable(latest.get(order.route()))
                .or(() -> alone(found, order))
                .filter(objects -> objects.refs().contains(seen))
                .map(objects -> see(found.mesh(), order, objects.with(seen, document)));
    }

    private static Optional<RouteObjects> alone(Meshes.Match.Found found, WeightOrder order) {
        var refs = found.objects(order);
        return refs.size() == 1 ? Optional.of(new RouteObjects(refs, Map.of(), Map.of())) : Optional.empty();
    }

    /** Two routes that turn out to be one object would fight over it for ever: the second is told of the first (B40). */
    public Sight see(Mesh mesh, WeightOrder order, RouteObjects seenNow) {
        var objects = latest.merge(order.route(), seenNow, (before, now) -> now.newest(before));
        if (objects.main() == null) {
            return new Sight.Absent(Marks.left(objects, order));
        }
        var seen = Marks.read(mesh, objects, order);
        return owners.other(order.route(), objects.main())
                .<Sight>map(first -> new Sight.Unservable(
                        false,
                        "this object is served for " + first
                                + " already, and two routes of one object would fight over it: keep one of them, and 'delete' the"
                                + " other's application"))
                .orElseGet(() -> new Sight.Present(seen));
    }

    /**
     * What the count of a Service's endpoints says of an order's backends; empty where that can't be told without a look,
     * since the backends' pods differ by labels.
     */
    public Optional<Map<String, EndpointCount>> endpoints(WeightOrder order, String service, EndpointCount count) {
        if (!(meshes.match(order) instanceof Meshes.Match.Found found)) {
            return Optional.of(Map.of());
        }
        var mesh = found.mesh();
        var backends = List.of(order.active(), order.canary());
        var isByLabels = latest(order.route())
                .filter(objects -> backends.stream()
                        .anyMatch(
                                backend -> !mesh.labels(objects, order, backend).isEmpty()))
                .isPresent();
        return isByLabels
                ? Optional.empty()
                : Optional.of(backends.stream()
                        .filter(backend -> service.equals(mesh.service(order, backend)))
                        .collect(Collectors.toMap(backend -> backend, backend -> count)));
    }

    /** Ready pods by backend, as the route's own objects tell; empty where they don't. */
    public Map<String, EndpointCount> ready(WeightOrder order) {
        var ready = new HashMap<String, EndpointCount>();
        if (meshes.match(order) instanceof Meshes.Match.Found found) {
            latest(order.route())
                    .filter(objects -> objects.main() != null)
                    .ifPresent(objects -> List.of(order.active(), order.canary())
                            .forEach(backend -> found.mesh()
                                    .ready(objects, backend)
                                    .ifPresent(count -> ready.put(backend, EndpointCount.ready(count)))));
        }
        return ready;
    }

    /** The objects of exactly these versions; empty where later ones were seen since. */
    public Optional<RouteObjects> at(String route, String resourceVersion) {
        return latest(route).filter(objects -> resourceVersion.equals(objects.resourceVersion()));
    }

    public Optional<RouteObjects> latest(String route) {
        return Optional.ofNullable(latest.get(route));
    }

    public void forget(String route) {
        latest.remove(route);
        owners.letGo(route);
    }

    /** The route's object may be another's from now on. */
    public void letGo(String route) {
        owners.letGo(route);
    }
}
