package dev.sluice.applier.mesh;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.applier.core.Annotations;
import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.RoutingObject;
import dev.sluice.applier.core.RoutingObject.Editor;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.wire.Json;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** What every kind of object carries in its metadata. */
public final class Marks {
    /** The API server names a client's writes by the first word of its user agent. */
    static final String FIELD_MANAGER = "sluice";

    private static final String PREFIX = "sluice.dev/";

    private Marks() {}

    /** What the rules see of a route whose main object is there. */
    public static RoutingObject read(Mesh mesh, RouteObjects objects, WeightOrder order) {
        var main = objects.main();
        return new RoutingObject(
                main.text("metadata", "uid"),
                objects.resourceVersion(),
                Selectors.read(mesh.read(objects, order), mesh, objects, order),
                lastApplied(mesh, objects, order),
                fence(objects, order),
                managed(main),
                mesh.weighed(objects).stream()
                                .flatMap(ref -> objects.get(ref).stream())
                                .anyMatch(Marks::isPaused)
                        || Selectors.isPaused(mesh, objects, order),
                editors(mesh, objects, order),
                GitOps.advice(objects.mainRef(), main));
    }

    /**
     * What objects of a route whose main one isn't there still send to its canary, with what to do; null where none does.
     * A rule that is in one of these is remembered there.
     */
    public static String left(RouteObjects objects, WeightOrder order) {
        var key = OwnMemory.key(order.route());
        return objects.refs().stream()
                .skip(1)
                .filter(ref -> objects.get(ref)
                        .filter(document -> document.text("metadata", "annotations", key) != null)
                        .isPresent())
                .findFirst()
                .map(ref -> "the object isn't there, and the " + ref.kind().kind() + " " + ref.name()
                        + " still sends what matches to " + order.canary()
                        + ": create the object again, or take the rules out whose match is the rollout's, and the annotation "
                        + key)
                .orElse(null);
    }

    private static Map<String, BigDecimal> lastApplied(Mesh mesh, RouteObjects objects, WeightOrder order) {
        var applied = objects;
        var remembers = false;
        try {
            for (var ref : mesh.weighed(objects)) {
                var text = objects.get(ref)
                        .map(document -> document.text("metadata", "annotations", Annotations.LAST_APPLIED))
                        .orElse(null);
                if (text != null) {
                    applied = applied.with(ref, new Document(object(text)));
                    remembers = true;
                }
            }
            return remembers ? mesh.read(applied, order).weights() : Map.of();
        } catch (JsonProcessingException unreadable) {
            return Map.of();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(String json) throws JsonProcessingException {
        return Json.mapper().readValue(json, Map.class);
    }

    /**
     * The main object's. Where another object of the route carries one that is later than the order, a newer order was
     * being carried out, and that one counts.
     */
    private static Fence fence(RouteObjects objects, WeightOrder order) {
        return objects.refs().stream()
                .skip(1)
                .flatMap(ref -> objects.get(ref).stream())
                .map(document -> fence(document, order.route()))
                .filter(fence -> fence != null && order.fence().isBelow(fence))
                .max(Comparator.naturalOrder())
                .orElseGet(() -> fence(objects.main(), order.route()));
    }

    private static Fence fence(Document document, String route) {
        return Annotations.readFence(document.text("metadata", "annotations", Annotations.fenceKey(route)))
                .orElse(null);
    }

    /** An earlier version marked what it made by the label that Helm and others use for theirs. */
    private static boolean managed(Document document) {
        return "true".equals(document.text("metadata", "labels", Annotations.MANAGED_LABEL))
                || Annotations.MANAGED_BY.equals(document.text("metadata", "labels", Annotations.MANAGED_BY_LABEL));
    }

    static boolean isPaused(Document document) {
        return "true".equals(document.text("metadata", "annotations", Annotations.PAUSED));
    }

    /** The managers, other than Sluice, that own one of the fields, the latest first. */
    private static List<Editor> editors(Mesh mesh, RouteObjects objects, WeightOrder order) {
        var paths = mesh.fields(order).stream()
                .map(field -> Stream.concat(
                                Stream.of("fieldsV1"), field.stream().map(name -> "f:" + name))
                        .toArray(String[]::new))
                .toList();
        return mesh.weighed(objects).stream()
                .flatMap(ref -> objects.get(ref).stream())
                .flatMap(document -> document.list("metadata", "managedFields").stream())
                .filter(entry -> paths.stream().anyMatch(path -> entry.at(path) instanceof Map)
                        && !FIELD_MANAGER.equals(entry.text("manager")))
                .sorted(Comparator.comparing(
                        (Document entry) -> entry.text("time"), Comparator.nullsLast(Comparator.reverseOrder())))
                .map(entry ->
                        new Editor(String.valueOf(entry.text("manager")), "Apply".equals(entry.text("operation"))))
                .toList();
    }

    /** Without the record of Sluice's own fields, which nobody asks for; the document itself, changed. */
    public static Document lean(Document document) {
        if (document.at("metadata") instanceof Map<?, ?> metadata
                && metadata.get("managedFields") instanceof List<?> entries) {
            var others = entries.stream()
                    .filter(entry -> !(entry instanceof Map<?, ?> map && FIELD_MANAGER.equals(map.get("manager"))))
                    .toList();
            document.open("metadata").put("managedFields", others);
        }
        return document;
    }

    /** As it is written: the API server keeps the record of fields itself, and takes a missing one for an unchanged one. */
    public static Document toWrite(Document document) {
        var written = document.copy();
        written.open("metadata").remove("managedFields");
        return written;
    }

    /** As it is kept elsewhere: a copy without what Sluice leaves on a live object. A person's pause stays. */
    public static Document without(Document document) {
        var kept = toWrite(document);
        strip(kept, "annotations", (name, value) -> name.startsWith(PREFIX) && !name.equals(Annotations.PAUSED));
        strip(
                kept,
                "labels",
                (name, value) -> name.equals(Annotations.MANAGED_LABEL)
                        || (name.equals(Annotations.MANAGED_BY_LABEL) && Annotations.MANAGED_BY.equals(value)));
        return kept;
    }

    private static void strip(Document document, String part, BiPredicate<String, Object> which) {
        var metadata = document.open("metadata");
        var names = document.open("metadata", part);
        names.entrySet().removeIf(entry -> which.test(entry.getKey(), entry.getValue()));
        if (names.isEmpty()) {
            metadata.remove(part);
        }
    }

    static void put(Document document, Placement placement) {
        var order = placement.order();
        var annotations = document.open("metadata", "annotations");
        annotations.put(Annotations.fenceKey(order.route()), Annotations.fenceValue(placement.fence()));
        if (placement.owned()) {
            annotations.putIfAbsent(Annotations.OWNER, order.application());
            document.open("metadata", "labels").put(Annotations.MANAGED_LABEL, "true");
        }
    }
}
