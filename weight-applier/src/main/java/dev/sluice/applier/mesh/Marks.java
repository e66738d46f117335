package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Annotations;
import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.RoutingObject.Editor;
import dev.sluice.schemas.message.Fence;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What every kind of object carries in its metadata. */
public final class Marks {
    /** The API server names a client's writes by the first word of its user agent. */
    static final String FIELD_MANAGER = "sluice";

    private Marks() {}

    static Fence fence(Document document, String route) {
        return Annotations.readFence(document.text("metadata", "annotations", Annotations.fenceKey(route)))
                .orElse(null);
    }

    /** An earlier version marked what it made by the label that Helm and others use for theirs. */
    static boolean managed(Document document) {
        return "true".equals(document.text("metadata", "labels", Annotations.MANAGED_LABEL))
                || Annotations.MANAGED_BY.equals(document.text("metadata", "labels", Annotations.MANAGED_BY_LABEL));
    }

    static boolean paused(Document document) {
        return "true".equals(document.text("metadata", "annotations", Annotations.PAUSED));
    }

    /**
     * The managers, other than Sluice, that own a field, the latest first.
     *
     * @param field its path, such as {@code spec, backends}
     */
    static List<Editor> editors(Document document, String... field) {
        var path = new String[field.length + 1];
        path[0] = "fieldsV1";
        for (var i = 0; i < field.length; i++) {
            path[i + 1] = "f:" + field[i];
        }
        return document.list("metadata", "managedFields").stream()
                .filter(entry -> entry.at(path) instanceof Map && !FIELD_MANAGER.equals(entry.text("manager")))
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
