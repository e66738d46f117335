package dev.sluice.schemas.rollout.reader;

import dev.sluice.schemas.message.Problem;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with a file, so that one reading tells everything. */
final class Problems {
    /** More than anyone reads at once; an audit message has to hold them. */
    private static final int MOST = 100;

    private final Set<Problem> found = new LinkedHashSet<>();

    void add(Pointer at, String message) {
        add(at, message, List.of());
    }

    void add(Pointer at, String message, Collection<String> allowed) {
        add(new Problem(at.toString(), message, List.copyOf(allowed)));
    }

    void add(Problem problem) {
        if (found.size() < MOST) {
            found.add(problem);
        }
    }

    void notYet(Pointer at) {
        add(at, "is not carried out by this version yet");
    }

    boolean none() {
        return found.isEmpty();
    }

    List<Problem> all() {
        return List.copyOf(found);
    }
}
