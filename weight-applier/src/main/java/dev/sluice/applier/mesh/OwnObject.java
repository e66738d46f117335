package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Annotations;
import dev.sluice.schemas.message.WeightOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object of Sluice's own beside the one with the weights: labelled, so that nobody's of the same name is taken for it. */
final class OwnObject {
    private OwnObject() {}

    /** With nothing in it yet. */
    static Document made(RouteObjects objects, ObjectRef ref, WeightOrder order) {
        var made = objects.made(ref);
        made.open("metadata", "labels").put(Annotations.MANAGED_BY_LABEL, Annotations.MANAGED_BY);
        made.open("metadata", "labels").put(Annotations.MANAGED_LABEL, "true");
        made.open("metadata", "annotations").put(Annotations.OWNER, order.application());
        return made;
    }

    /** Why there can be none, with what to do; empty where there can. */
    static Optional<String> unserved(RouteObjects objects, ObjectRef ref) {
        return objects.version(ref.kind()).isPresent()
                ? Optional.empty()
                : Optional.of(ref.kind().unserved(List.of()));
    }

    /** What a person who paused it is to be told. */
    static String paused(ObjectRef ref) {
        return "the " + ref.kind().kind() + " " + ref.name() + " says " + Annotations.PAUSED
                + ": \"true\"; remove it to go on";
    }

    /** One of another route is not this route's. */
    static boolean isOf(Document object, WeightOrder order) {
        return "true".equals(object.text("metadata", "labels", Annotations.MANAGED_LABEL))
                && (!(object.at("metadata", "annotations") instanceof Map<?, ?> annotations)
                        || annotations.keySet().stream()
                                .map(String::valueOf)
                                .filter(key -> key.startsWith("sluice.dev/fence-"))
                                .allMatch(Annotations.fenceKey(order.route())::equals));
    }

    /** Somebody has put something of their own into it, and so it is theirs. */
    static void handOver(Document object, WeightOrder order) {
        object.open("metadata", "labels").keySet().remove(Annotations.MANAGED_LABEL);
        object.open("metadata", "labels").remove(Annotations.MANAGED_BY_LABEL, Annotations.MANAGED_BY);
        object.open("metadata", "annotations").remove(Annotations.OWNER, order.application());
    }

    /** One that only waits for its finalizers counts no more: it can't be changed, and its name is free once it is gone. */
    static Optional<Document> standing(RouteObjects objects, ObjectRef ref) {
        return objects.get(ref).filter(object -> object.at("metadata", "deletionTimestamp") == null);
    }
}
