package dev.sluice.applier.mesh;

import java.util.List;

/**
 * What controllers say of an object in its status: Kubernetes' conditions, each with the generation of the object that it
 * was found for.
 */
final class Conditions {
    private Conditions() {}

    /**
     * Whether a condition holds for the object as it is now; null where nobody has said anything of it.
     *
     * @param conditions may be of several controllers: then all have to say so
     */
    static Boolean holds(Document object, List<Document> conditions, String type) {
        var said = conditions.stream()
                .filter(condition -> type.equals(condition.text("type")))
                .toList();
        return said.isEmpty() ? null : said.stream().allMatch(condition -> isTrue(object, condition));
    }

    private static boolean isTrue(Document object, Document condition) {
        var found = condition.at("observedGeneration");
        return "True".equals(condition.text("status")) && (found == null || isCurrent(object, found));
    }

    /** Versions of the object's own counting: status doesn't change it. */
    static boolean isCurrent(Document object, Object observedGeneration) {
        return object.at("metadata", "generation") instanceof Number now
                && observedGeneration instanceof Number seen
                && seen.longValue() >= now.longValue();
    }
}
