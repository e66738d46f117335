package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.Routed;
import dev.sluice.schemas.message.WeightOrder;
import java.util.List;

/** Traefik's TraefikService: {@code spec.weighted.services[].weight}, 1 where it is absent. */
public class Traefik implements InPlace {
    private static final Kind KIND = Kind.namespaced("traefik.io", "traefikservices", "TraefikService", "v1alpha1");

    @Override
    public String name() {
        return "traefik";
    }

    @Override
    public List<Kind> kinds() {
        return List.of(KIND);
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
    public Routed read(RouteObjects objects, WeightOrder order) {
        return new TraefikSticky(order).read(objects.main(), InPlace.super.read(objects, order));
    }

    @Override
    public List<Write> plan(RouteObjects objects, Placement placement) {
        var order = placement.order();
        var writes = InPlace.super.plan(objects, placement);
        if ((placement.weight() != null || order.end() != null) && writes.getFirst() instanceof Write.Update update) {
            new TraefikSticky(order).put(update.document(), order.affinityAt(placement.weight()));
        }
        return writes;
    }
}
