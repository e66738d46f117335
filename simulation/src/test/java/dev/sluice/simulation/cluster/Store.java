package dev.sluice.simulation.cluster;

import dev.sluice.applier.core.Annotations;
import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.ObjectRef;
import dev.sluice.simulation.manifest.Site;
import dev.sluice.simulation.manifest.Tree;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The documents of a cluster, as an API server keeps them: it counts versions and generations itself, and records who set
 * which fields.
 */
final class Store {
    private final String cluster;
    private final Map<ObjectRef, Document> documents = new LinkedHashMap<>();
    private final TreeMap<String, Placed> routes = new TreeMap<>();
    private long version;

    /** A route, and what was made of its main object last. */
    static final class Placed {
        private final String route;
        private final Site site;
        private final List<ObjectRef> refs;
        private final String fenceKey;
        private String lastVersion;
        private Split lastSplit;

        private Placed(String cluster, Site site) {
            this.route = site.route(cluster);
            this.site = site;
            this.refs = site.refs();
            this.fenceKey = Annotations.fenceKey(route);
        }

        String route() {
            return route;
        }

        Site site() {
            return site;
        }

        ObjectRef main() {
            return refs.getFirst();
        }

        /** Null of no document. */
        Split split(Document main) {
            if (main == null) {
                return null;
            }
            var version = main.text("metadata", "resourceVersion");
            if (!version.equals(lastVersion)) {
                lastSplit = Split.of(main, site, fenceKey);
                lastVersion = version;
            }
            return lastSplit;
        }
    }

    Store(String cluster) {
        this.cluster = cluster;
    }

    void serve(Site site) {
        var placed = new Placed(cluster, site);
        routes.putIfAbsent(placed.route(), placed);
        for (var ref : site.refs()) {
            if (!documents.containsKey(ref)) {
                site.manifest().git(site, ref.name()).ifPresent(made -> put(ref, made, uid()));
            }
        }
    }

    private String uid() {
        return cluster + "-" + (version + 1);
    }

    Placed placed(String route) {
        return routes.get(route);
    }

    Collection<Placed> routes() {
        return routes.values();
    }

    List<Placed> routesOf(ObjectRef ref) {
        return routes.values().stream()
                .filter(placed -> placed.refs.contains(ref))
                .toList();
    }

    Map<ObjectRef, Document> documents() {
        return documents;
    }

    Document get(ObjectRef ref) {
        return documents.get(ref);
    }

    void remove(ObjectRef ref) {
        version++;
        documents.remove(ref);
    }

    Document create(ObjectRef ref, Document made) {
        return put(ref, made, uid());
    }

    /** @param by whoever sets the fields in which traffic is divided; null: Sluice, whose own record nobody asks for */
    Document update(ObjectRef ref, Document next, Map<String, Object> by) {
        var before = documents.get(ref);
        var kept = before.at("metadata", "managedFields");
        var field = routesOf(ref).getFirst().site().manifest().field().toArray(String[]::new);
        var stored = put(ref, next, before.text("metadata", "uid"));
        var isSet = !Objects.equals(before.at(field), stored.at(field));
        var managers = isSet ? by == null ? List.of() : List.of(by) : kept == null ? List.of() : kept;
        Tree.open(stored, "metadata").put("managedFields", managers);
        return stored;
    }

    /** Who set the fields, as the API server notes it. */
    Map<String, Object> manager(ObjectRef ref, String name, boolean applied, Instant at) {
        Map<String, Object> fields = Map.of();
        var path = new ArrayList<>(routesOf(ref).getFirst().site().manifest().field());
        for (var part : path.reversed()) {
            fields = Map.of("f:" + part, fields);
        }
        return Map.of(
                "manager",
                name,
                "operation",
                applied ? "Apply" : "Update",
                "time",
                at.truncatedTo(ChronoUnit.SECONDS).toString(),
                "fieldsV1",
                fields);
    }

    /** Shares what lies below metadata with what was written: nobody changes a document but a copy of it. */
    private Document put(ObjectRef ref, Document next, String uid) {
        var before = documents.get(ref);
        var stored = new Document(new LinkedHashMap<>(next.content()));
        var metadata = new LinkedHashMap<>(Tree.open(next, "metadata"));
        metadata.put("uid", uid);
        metadata.put("resourceVersion", Long.toString(++version));
        metadata.put("generation", generation(before, stored));
        stored.content().put("metadata", metadata);
        documents.put(ref, stored);
        return stored;
    }

    private static int generation(Document before, Document next) {
        var last = before == null ? 0 : (int) before.at("metadata", "generation");
        return before != null && Objects.equals(before.at("spec"), next.at("spec")) ? last : last + 1;
    }
}
