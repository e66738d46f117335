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

    public Sightings(Meshes meshes) {
        this.meshes = meshes;
    }

    /** What a watch saw; empty where no mesh serves the order. */
    public Optional<Sight> see(WeightOrder order, Document document) {
        return meshes.match(order) instanceof Meshes.Match.Found found
                ? Optional.of(document == null ? Sight.ABSENT : see(found.mesh(), order, document))
                : Optional.empty();
    }

    Sight see(Mesh mesh, WeightOrder order, Document document) {
        latest.put(order.route(), document);
        return new Sight.Present(mesh.read(document, order));
    }

    /** The document of exactly this version; empty where a later one was seen since. */
    Optional<Document> at(String route, String resourceVersion) {
        return Optional.ofNullable(latest.get(route))
                .filter(document -> resourceVersion.equals(document.text("metadata", "resourceVersion")));
    }

    public void forget(String route) {
        latest.remove(route);
    }
}
