package dev.sluice.applier.mesh;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The objects that a route is made of, as they were seen. Its main object is the one that its identity names.
 *
 * @param refs all of them, the main one first
 * @param documents of those that are there
 * @param versions that the cluster serves, by {@link Kind#name}
 * @param rivals all objects of the {@link Mesh#rivals} in the namespace, as they were seen last
 */
public record RouteObjects(
        List<ObjectRef> refs, Map<ObjectRef, Document> documents, Map<String, String> versions, List<Document> rivals) {
    public RouteObjects {
        refs = List.copyOf(refs);
        documents = Map.copyOf(documents);
        versions = Map.copyOf(versions);
        rivals = List.copyOf(rivals);
    }

    public RouteObjects(List<ObjectRef> refs, Map<ObjectRef, Document> documents, Map<String, String> versions) {
        this(refs, documents, versions, List.of());
    }

    public RouteObjects beside(List<Document> others) {
        return new RouteObjects(refs, documents, versions, others);
    }

    public ObjectRef mainRef() {
        return refs.getFirst();
    }

    /** Null where it isn't there. */
    public Document main() {
        return documents.get(mainRef());
    }

    public Optional<Document> get(ObjectRef ref) {
        return Optional.ofNullable(documents.get(ref));
    }

    public Optional<String> version(Kind kind) {
        return Optional.ofNullable(versions.get(kind.name()));
    }

    /** @param document null where it is gone */
    public RouteObjects with(ObjectRef ref, Document document) {
        var changed = new HashMap<>(documents);
        if (document == null) {
            changed.remove(ref);
        } else {
            changed.put(ref, document);
        }
        return new RouteObjects(refs, changed, versions, rivals);
    }

    /**
     * The same, but each that was seen in a later version before in that one: what is answered to a call about one of them may
     * be older than what a watch has shown of another meanwhile.
     */
    public RouteObjects newest(RouteObjects before) {
        var newest = new HashMap<>(documents);
        newest.replaceAll((ref, document) ->
                before.get(ref).filter(known -> isLater(known, document)).orElse(document));
        return new RouteObjects(refs, newest, versions, rivals);
    }

    private static boolean isLater(Document one, Document other) {
        return Objects.equals(one.text("metadata", "uid"), other.text("metadata", "uid"))
                && version(one) > version(other);
    }

    /** -1 where it is no number: of such nobody can say which came first. */
    private static long version(Document document) {
        var text = document.text("metadata", "resourceVersion");
        return text != null && text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }

    /** Which versions of them these are: {@code dev.sluice.applier.core.RoutingObject#resourceVersion}. */
    public String resourceVersion() {
        return refs.stream()
                .map(ref -> documents.containsKey(ref)
                        ? String.valueOf(documents.get(ref).text("metadata", "resourceVersion"))
                        : "-")
                .collect(Collectors.joining("+"));
    }

    /** A new object with nothing in it but what it is. */
    Document made(ObjectRef ref) {
        var kind = ref.kind();
        var version = version(kind).orElse(kind.versions().getFirst());
        var made = new Document(new LinkedHashMap<>());
        made.content().put("apiVersion", kind.apiVersion(version));
        made.content().put("kind", kind.kind());
        made.open("metadata").put("name", ref.name());
        if (!ref.namespace().isEmpty()) {
            made.open("metadata").put("namespace", ref.namespace());
        }
        return made;
    }
}
