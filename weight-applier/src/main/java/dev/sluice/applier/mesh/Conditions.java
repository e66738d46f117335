package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Confirmation;
import dev.sluice.schemas.message.Cut;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What controllers say of an object in its status: Kubernetes' conditions, each with the generation of the object that it
 * was found for.
 */
final class Conditions {
    private static final int MOST_WORDS = 500;

    private Conditions() {}

    /**
     * What a condition says of the object as it is now; null where nobody has said anything of it.
     *
     * @param conditions may be of several controllers: then all have to say yes, and only where all say no it is one, for one
     *     that says no may have said so before and be no concern of the traffic that another one takes
     */
    static Confirmation say(Document object, List<Document> conditions, String type) {
        var said = conditions.stream()
                .filter(condition -> type.equals(condition.text("type")))
                .toList();
        if (said.isEmpty()) {
            return null;
        }
        if (said.stream().allMatch(condition -> is("True", object, condition))) {
            return Confirmation.GIVEN;
        }
        return said.stream().allMatch(condition -> is("False", object, condition))
                ? Confirmation.denied(words(said))
                : Confirmation.AWAITED;
    }

    private static boolean is(String status, Document object, Document condition) {
        var found = condition.at("observedGeneration");
        return status.equals(condition.text("status")) && (found == null || isCurrent(object, found));
    }

    private static String words(List<Document> conditions) {
        return Cut.to(
                MOST_WORDS,
                conditions.stream().map(Conditions::words).distinct().collect(Collectors.joining("; ")));
    }

    private static String words(Document condition) {
        var why = Stream.of(condition.text("reason"), condition.text("message"))
                .filter(word -> word != null && !word.isBlank())
                .collect(Collectors.joining(": "));
        return condition.text("type") + " is False" + (why.isEmpty() ? "" : " (" + why + ")");
    }

    /** Versions of the object's own counting: status doesn't change it. */
    static boolean isCurrent(Document object, Object observedGeneration) {
        return object.at("metadata", "generation") instanceof Number now
                && observedGeneration instanceof Number seen
                && seen.longValue() >= now.longValue();
    }
}
