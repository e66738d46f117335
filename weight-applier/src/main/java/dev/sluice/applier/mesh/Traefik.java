package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.Routed;
import dev.sluice.schemas.message.WeightOrder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Traefik's TraefikService: {@code spec.weighted.services[].weight}, 1 where it is absent. Requests that match go to the
 * canary by routes of the IngressRoute that leads to it, where the entry names that.
 */
public class Traefik implements InPlace {
    private static final Kind KIND = Kind.namespaced("traefik.io", "traefikservices", "TraefikService", "v1alpha1");
    private static final Kind INGRESS = Kind.namespaced("traefik.io", "ingressroutes", "IngressRoute", "v1alpha1");

    @Override
    public String name() {
        return "traefik";
    }

    @Override
    public List<Kind> kinds() {
        return List.of(KIND, INGRESS);
    }

    @Override
    public List<List<String>> fields(WeightOrder order) {
        return List.of(List.of("spec", "weighted", "services"));
    }

    @Override
    public Moved moved(Document object, WeightOrder order) {
        var services = object.list("spec", "weighted", "services");
        var backends = new Backends(services, order, new WeightKey(service -> service.text("name"), 1));
        return Moved.of(List.of(Moved.Rule.of(backends)), null, order, "weighted service");
    }

    @Override
    public Set<Kind> kindsOfMatches() {
        return Set.of(INGRESS);
    }

    @Override
    public List<ObjectRef> objects(WeightOrder order, RouteIdentity route) {
        return route.kind().equals(KIND.name())
                ? Stream.concat(Stream.of(ObjectRef.of(KIND, route)), ingress(order).stream())
                        .toList()
                : List.of();
    }

    private Optional<ObjectRef> ingress(WeightOrder order) {
        return Optional.ofNullable(entry(order).text("ingressRoute", "name"))
                .map(name -> new ObjectRef(INGRESS, order.namespace(), name));
    }

    @Override
    public Routed read(RouteObjects objects, WeightOrder order) {
        var routed = new TraefikSticky(order).read(objects.main(), InPlace.super.read(objects, order));
        return routes(objects, order)
                .map(routes -> routes.read(routed, objects, order))
                .orElse(routed);
    }

    @Override
    public List<Write> plan(RouteObjects objects, Placement placement) {
        var order = placement.order();
        var weights = InPlace.super.plan(objects, placement);
        if ((placement.weight() != null || order.end() != null) && weights.getFirst() instanceof Write.Update update) {
            new TraefikSticky(order).put(update.document(), order.affinityAt(placement.weight()));
        }
        return routes(objects, order)
                .map(routes -> routes.plan(weights, objects, placement))
                .orElse(weights);
    }

    private Optional<RulesElsewhere> routes(RouteObjects objects, WeightOrder order) {
        var canary = objects.main().list("spec", "weighted", "services").stream()
                .filter(service -> order.canary().equals(service.text("name")))
                .findFirst()
                .orElse(null);
        return ingress(order)
                .map(ref -> new RulesElsewhere(
                        ref, new TraefikRoutes(objects.mainRef().name(), canary, order), false));
    }
}
