package dev.sluice.applier.mesh;

import dev.sluice.schemas.message.WeightOrder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/** The meshes that this applier knows, and which of them serves an order. */
@Singleton
public class Meshes {
    private final Map<String, Mesh> byName = new TreeMap<>();

    /** All that the applier is packaged with. */
    @Inject
    public Meshes() {
        this(ServiceLoader.load(Mesh.class, Mesh.class.getClassLoader()));
    }

    public Meshes(Iterable<Mesh> meshes) {
        meshes.forEach(mesh -> byName.put(mesh.name(), mesh));
    }

    public Collection<Mesh> all() {
        return byName.values();
    }

    public Set<String> names() {
        return byName.keySet();
    }

    public Optional<Mesh> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Who serves an order. */
    public sealed interface Match {
        record Found(Mesh mesh, RouteIdentity route) implements Match {
            public List<ObjectRef> objects(WeightOrder order) {
                return Selectors.beside(mesh.objects(order, route), mesh, order);
            }
        }

        /** @param reason with what to do */
        record None(String reason) implements Match {}
    }

    public Match match(WeightOrder order) {
        var name = order.mesh().keySet().iterator().next();
        var mesh = byName.get(name);
        if (mesh == null) {
            return new Match.None("no mesh is named " + name + "; this applier knows " + byName.keySet());
        }
        if (order.active().equals(order.canary())) {
            return new Match.None("active and canary are both " + order.active() + ": name two backends");
        }
        return RouteIdentity.parse(order.route())
                .filter(route -> belongs(route, order, mesh))
                .<Match>map(route -> new Match.Found(mesh, route))
                .orElseGet(() -> new Match.None("the route " + order.route() + " is not of the form " + order.cluster()
                        + "/" + order.namespace() + "/kind/name, with a kind of "
                        + mesh.kinds().stream().map(Kind::name).toList()));
    }

    private static boolean belongs(RouteIdentity route, WeightOrder order, Mesh mesh) {
        return route.cluster().equals(order.cluster())
                && route.namespace().equals(order.namespace())
                && !mesh.objects(order, route).isEmpty();
    }
}
