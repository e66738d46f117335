package dev.sluice.applier.kubernetes;

import dev.sluice.applier.core.Sight;
import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Mesh;
import dev.sluice.applier.mesh.Meshes;
import dev.sluice.schemas.message.WeightOrder;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Turns documents into what the rules see, and keeps each route's latest one: a write changes that and nothing else. */
@ApplicationScoped
public class Sightings {
    private final Meshes meshes;
    private final Map<String, Document> latest = new ConcurrentHashMap<>();
    private final Owners owners = new Owners();

    public Sightings(Meshes meshes) {
        this.meshes = meshes;
    }

    /** What a watch saw; empty where no mesh serves the order. */
    public Optional<Sight> see(WeightOrder order, Document document) {
        return meshes.match(order) instanceof Meshes.Match.Found found
                ? Optional.of(document == null ? Sight.ABSENT : see(found.mesh(), order, document))
                : Optional.empty();
    }

    /** Two routes that turn out to be one object would fight over it for ever: the second is told of the first (B40). */
    Sight see(Mesh mesh, WeightOrder order, Document document) {
        latest.put(order.route(), document);
        var seen = mesh.read(document, order);
        return owners.other(order.route(), document)
                .<Sight>map(first -> new Sight.Unservable(
                        false,
                        "this object is served for " + first
                                + " already, and two routes of one object would fight over it: keep one of them, and 'delete' the"
                                + " other's application"))
                .orElseGet(() -> new Sight.Present(seen));
    }

    /** The document of exactly this version; empty where a later one was seen since. */
    Optional<Document> at(String route, String resourceVersion) {
        return Optional.ofNullable(latest.get(route))
                .filter(document -> resourceVersion.equals(document.text("metadata", "resourceVersion")));
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
