package dev.sluice.applier.mesh;

import dev.sluice.schemas.rollout.Match;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How one of a rule's matches and an ordered one are made into a match of the requests that are of both. */
interface Matches {
    Both both(Document own, Match match);

    /**
     * What was made.
     *
     * @param match null where no request can be of both
     * @param flaw why it can't be said, with what to do; null where it can
     */
    record Both(Map<String, Object> match, String flaw) {
        static final Both NONE = new Both(null, null);

        static Both of(Map<String, Object> match) {
            return new Both(match, null);
        }

        static Both not(String flaw) {
            return new Both(null, flaw);
        }
    }

    /**
     * Adds conditions to a match's list of them, in which a name may stand once only.
     *
     * @param word what a condition looks at, for people
     * @return what there is to say instead; empty where they were added
     */
    static Optional<Both> add(Document match, String list, List<Map<String, Object>> conditions, String word) {
        for (var condition : conditions) {
            var name = (String) condition.get("name");
            var same = match.list(list).stream()
                    .filter(own -> name.equalsIgnoreCase(own.text("name")))
                    .findFirst();
            if (same.isEmpty()) {
                match.append(condition, list);
            } else if (!isSame(same.get(), condition)) {
                return Optional.of(
                        isExact(same.get().content()) && isExact(condition)
                                ? Both.NONE
                                : Both.not("a rule matches on the " + word + " " + name
                                        + " itself, and so does the order: match on another one"));
            }
        }
        return Optional.empty();
    }

    private static boolean isSame(Document own, Map<String, Object> condition) {
        return type(own.content()).equals(type(condition))
                && condition.get("value").equals(own.text("value"));
    }

    private static boolean isExact(Map<String, Object> condition) {
        return type(condition).equals("Exact");
    }

    private static Object type(Map<String, Object> condition) {
        return condition.getOrDefault("type", "Exact");
    }
}
